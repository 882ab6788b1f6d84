"""What the contract of the runtimes asks for: the first argument says what to do."""
import os
import sys
import threading
import time


class Mute(BaseException):
    """Has no text to tell."""

    def __str__(self):
        raise ValueError


def handle(args):
    what, *rest = args
    if what == "echo":
        return rest
    if what == "print":
        print(rest[0])
        sys.stdout.flush()
        os.system("echo of a child")
    if what == "fail":
        raise ValueError(rest[0])
    if what == "huge":
        return "x" * (1 << 20)
    if what == "exit":
        sys.exit(int(rest[0]))
    if what == "exit true":
        sys.exit(True)
    if what == "unsayable":
        return float("nan")
    if what == "fork" and os.fork() == 0:
        sys.exit(3)
    if what == "thread":
        threading.Thread(target=time.sleep, args=[1000]).start()
    if what == "mute":
        raise Mute
    return "Ok"


if __name__ == "__main__":
    print(handle(sys.argv[1:]))
