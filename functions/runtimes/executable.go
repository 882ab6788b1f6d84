// The resident runtime for plain executables: any program that reads a line and writes a line.
//
//	go build -o executable resident.go executable.go
//	executable PROGRAM [ARGUMENT...]
//
// PROGRAM runs as long as the container does. A call's args, with a space between them, are a line to its standard input;
// the next line on its standard output, which it must flush, is the result. Its standard error is the container's. When it
// ends, the call is failed with its exit code, or 128 and the number of the signal, and the next call finds it started anew.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type program struct {
	command []string
	process *exec.Cmd
	input   io.WriteCloser
	lines   chan string // closed at its end, when ended is known
	ended   ended
}

// ended is how a program ended: by itself, with a code, or by a signal.
type ended struct{ status syscall.WaitStatus }

func (e ended) ExitCode() int {
	if e.status.Signaled() {
		return 128 + int(e.status.Signal())
	}
	return max(1, e.status.ExitStatus())
}

func (e ended) Error() string {
	if e.status.Signaled() {
		return "the program was ended by a signal: " + e.status.Signal().String()
	}
	return fmt.Sprintf("the program ended without a line, with exit code %d", e.status.ExitStatus())
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func (p *program) start() error {
	p.process = exec.Command(p.command[0], p.command[1:]...)
	p.process.Stderr = os.Stderr
	input, err := p.process.StdinPipe()
	if err != nil {
		return err
	}
	output, err := p.process.StdoutPipe()
	if err != nil {
		return err
	}
	p.input, p.lines = input, make(chan string)
	if err := p.process.Start(); err != nil {
		return err
	}
	go p.listen(bufio.NewReader(output), p.process, p.lines)
	return nil
}

// listen passes the program's lines on, until it says no more; it has a second to end by itself then.
func (p *program) listen(output *bufio.Reader, process *exec.Cmd, lines chan string) {
	for {
		line, err := output.ReadString('\n')
		if err != nil {
			break
		}
		lines <- strings.TrimSuffix(line, "\n")
	}
	timer := time.AfterFunc(time.Second, func() { process.Process.Kill() })
	process.Wait()
	timer.Stop()
	p.ended = ended{process.ProcessState.Sys().(syscall.WaitStatus)}
	close(lines)
}

// ready starts a program that has ended, or has said what nobody asked for: its answers would be other calls'.
func (p *program) ready() error {
	if p.process != nil {
		select {
		case line, more := <-p.lines:
			if more {
				fmt.Fprintf(os.Stderr, "the program wrote a line too many: %.200q; it is started anew\n", line)
				p.drop()
			}
		default:
			return nil
		}
	}
	return p.start()
}

func (p *program) drop() {
	p.process.Process.Kill()
	p.input.Close()
	for range p.lines {
	}
}

func (p *program) handle(args []string) (any, error) {
	line := strings.Join(args, " ")
	if strings.Contains(line, "\n") {
		return nil, errors.New("an argument has a line feed, which no line to a program can hold")
	}
	if err := p.ready(); err != nil {
		return nil, err
	}
	_, wrote := io.WriteString(p.input, line+"\n")
	result, more := <-p.lines
	if more {
		return result, nil
	}
	p.process = nil
	if wrote != nil {
		return nil, fmt.Errorf("%w (%v)", p.ended, wrote)
	}
	return nil, p.ended
}

func main() {
	if len(os.Args) < 2 {
		giveUp("executable PROGRAM [ARGUMENT...]", errors.New("no program"))
	}
	kept := &program{command: os.Args[1:]}
	if err := kept.start(); err != nil {
		giveUp("the program can't be started", err)
	}
	serve("executable "+filepath.Base(os.Args[1]), kept.handle)
}
