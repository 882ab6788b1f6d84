// The resident runtime for Go: keeps a function's process and serves the calls that come as lines (docs/resident.md).
//
//	go build resident.go FUNCTION.go
//
// FUNCTION.go is of package main, and its main calls serve with the function: strings in, anything that encoding/json can
// say out. A call whose function returns an error or panics is failed, with that as its result; an error that has an
// ExitCode() int chooses the exit code. os.Stdout is standard error in it, and os.Stdin is empty.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

const (
	lineBytes   = 64 << 10
	answerBytes = 1 << 20
)

var began = time.Now()

type answer struct {
	ID       int64 `json:"id"`
	ExitCode int   `json:"exit_code"`
	Result   any   `json:"result"`
	Started  int64 `json:"started_us"`
	Ended    int64 `json:"ended_us"`
}

// serve answers calls until its standard input ends, and does not return.
func serve(name string, handle func(args []string) (any, error)) {
	lines, answers := bufio.NewReaderSize(os.Stdin, lineBytes), os.Stdout
	empty, writer, err := os.Pipe()
	if err != nil {
		giveUp("no empty input for the function", err)
	}
	writer.Close()
	os.Stdin, os.Stdout = empty, os.Stderr
	message, err := json.Marshal(map[string]any{"resident": 1, "runtime": name})
	for {
		if err == nil {
			_, err = answers.Write(append(message, '\n'))
		}
		if err != nil {
			giveUp("no answer can be written", err)
		}
		line, end := lines.ReadSlice('\n')
		if end == io.EOF && len(line) == 0 {
			os.Exit(0)
		}
		id, args, problem := parse(line, end)
		if problem != nil {
			giveUp("the line is no call", fmt.Errorf("%w: %.200q", problem, line))
		}
		message = run(id, args, handle).line()
	}
}

func giveUp(what string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
	os.Exit(1)
}

func goName() string {
	return strings.Replace(runtime.Version(), "go", "go ", 1)
}

func parse(line []byte, err error) (int64, []string, error) {
	if err != nil {
		return 0, nil, fmt.Errorf("no line feed within %d bytes", lineBytes)
	}
	var keys map[string]json.RawMessage // a struct would take keys in any case
	if err := json.Unmarshal(line, &keys); err != nil {
		return 0, nil, err
	}
	var id int64
	if json.Unmarshal(keys["id"], &id) != nil || id < 1 || id >= 1<<53 {
		return 0, nil, errors.New("its id is no integer from 1 to 2^53 - 1")
	}
	var texts []*string
	if json.Unmarshal(keys["args"], &texts) != nil || texts == nil {
		return 0, nil, errors.New("its args are no list of strings")
	}
	args := make([]string, len(texts))
	for i, text := range texts {
		if text == nil {
			return 0, nil, errors.New("its args are no list of strings")
		}
		args[i] = *text
	}
	return id, args, nil
}

func run(id int64, args []string, handle func([]string) (any, error)) (told answer) {
	told = answer{ID: id, Started: time.Since(began).Microseconds()}
	defer func() {
		if panicked := recover(); panicked != nil {
			told.Ended = time.Since(began).Microseconds()
			told.ExitCode, told.Result = 1, fmt.Sprint("panic: ", panicked)
		}
	}()
	result, err := handle(args)
	told.Ended = time.Since(began).Microseconds()
	told.Result = result
	if err != nil {
		told.ExitCode, told.Result = 1, err.Error()
		var coded interface{ ExitCode() int }
		if errors.As(err, &coded) && coded.ExitCode() > 0 && coded.ExitCode() < 256 {
			told.ExitCode = coded.ExitCode()
		}
	}
	return told
}

// line is the answer as JSON; a result that no line can hold makes the call a failed one.
func (told answer) line() []byte {
	line, err := json.Marshal(told)
	if err == nil && len(line) >= answerBytes {
		err = fmt.Errorf("its line would have %d bytes", len(line)+1)
	}
	if err == nil {
		return line
	}
	if told.ExitCode == 0 {
		told.ExitCode = 1
	}
	told.Result = "the function's result can't be told: " + err.Error()
	return told.line()
}
