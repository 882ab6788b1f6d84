"""Computes N iterations of the Fibonacci series and prints Ok, in a process that first loads large libraries."""
import sys

import pandas  # noqa: F401  loading them is the point
import sklearn.ensemble  # noqa: F401

try:
    import tensorflow  # noqa: F401  only in images built WITH_TENSORFLOW=1
except ModuleNotFoundError:
    pass


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
