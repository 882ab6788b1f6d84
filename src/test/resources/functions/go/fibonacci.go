// What the contract of the runtimes asks for: the first argument says what to do.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
)

type coded struct{}

func (coded) Error() string { return "forty-two" }
func (coded) ExitCode() int { return 42 }

func handle(args []string) (any, error) {
	switch args[0] {
	case "echo":
		return args[1:], nil
	case "print":
		fmt.Println(args[1])
		child := exec.Command("/bin/busybox", "echo", "of a child")
		child.Stdout = os.Stdout
		return "Ok", child.Run()
	case "fail":
		return nil, errors.New(args[1])
	case "panic":
		panic(args[1])
	case "exit":
		return nil, coded{}
	case "huge":
		return strings.Repeat("x", 1<<20), nil
	case "unsayable":
		return math.NaN(), nil
	case "thread":
		go func() { select {} }()
	}
	return "Ok", nil
}

func main() {
	if len(os.Args) == 1 {
		serve(goName(), handle)
	}
	fmt.Println(handle(os.Args[1:]))
}
