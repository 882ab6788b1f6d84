"""Computes N iterations of the Fibonacci series and prints Ok: the load of the experiments."""
import sys


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def handle(args):
    fibonacci(int(args[0]))
    return "Ok"


if __name__ == "__main__":
    print(handle(sys.argv[1:]))
