// Computes N iterations of the Fibonacci series: once with N on the command line, else call by call as a resident process.
package main

import (
	"fmt"
	"math/big"
	"os"
	"strconv"
)

func fibonacci(n int) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for i := 0; i < n; i++ {
		a.Add(a, b)
		a, b = b, a
	}
	return a
}

func handle(args []string) (any, error) {
	if len(args) == 0 {
		return nil, fmt.Errorf("how many iterations?")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return nil, err
	}
	fibonacci(n)
	return "Ok", nil
}

func main() {
	if len(os.Args) == 1 {
		serve(goName(), handle)
	}
	result, err := handle(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(result)
}
