"""The resident runtime for Python: keeps a function's process and serves the calls that come as lines (docs/resident.md).

    python3 python.py FUNCTION.py

FUNCTION.py is loaded once and defines `handle(args)`: a list of strings in, anything that JSON can say out. A call whose
handle raises is failed, with the exception as its result; sys.exit(n) is failed with exit code n. What the function prints,
and what its child processes print, goes to standard error; its standard input is empty.
"""
import importlib
import json
import os
import sys
import time

LINE_BYTES = 64 << 10
ANSWER_BYTES = 1 << 20


def load(path):
    """The function's module, from beside its file as if it had been started itself."""
    directory, file = os.path.split(os.path.abspath(path))
    sys.path.insert(0, directory)
    return importlib.import_module(file[:-3] if file.endswith(".py") else file)


def parse(line):
    """The call in a line; ValueError says why it is none."""
    if len(line) > LINE_BYTES or not line.endswith(b"\n"):
        raise ValueError("no line feed within %d bytes" % LINE_BYTES)
    call = json.loads(line)
    if not isinstance(call, dict):
        raise ValueError("it is no object")
    number, args = call.get("id"), call.get("args")
    if type(number) is not int or not 1 <= number < 1 << 53:
        raise ValueError("its id is no integer from 1 to 2^53 - 1")
    if not isinstance(args, list) or not all(isinstance(arg, str) for arg in args):
        raise ValueError("its args are no list of strings")
    return number, args


def told(error):
    """The exception in one line, whatever its own text does."""
    try:
        return "%s: %s" % (type(error).__name__, error)
    except BaseException:
        return type(error).__name__


def run(handle, args):
    """Exit code, result, and the times right around the function."""
    started = time.monotonic_ns()
    try:
        code, result = 0, handle(args)
    except SystemExit as end:
        code = 0 if end.code is None else end.code if type(end.code) is int and 0 <= end.code <= 255 else 1
        result = told(end)
    except BaseException as error:
        code, result = 1, told(error)
    return code, result, started // 1000, time.monotonic_ns() // 1000


def answer(number, code, result, started, ended):
    """The answer's line; a result that no line can hold makes the call a failed one."""
    message = {"id": number, "exit_code": code, "result": result, "started_us": started, "ended_us": ended}
    try:
        line = json.dumps(message, allow_nan=False).encode() + b"\n"
        problem = "its line would have %d bytes" % len(line) if len(line) > ANSWER_BYTES else None
    except (TypeError, ValueError, RecursionError) as error:
        problem = str(error)
    if problem is None:
        return line
    return answer(number, code or 1, "the function's result can't be told: " + problem, started, ended)


def end(code):
    """Ends the process, whatever threads the function has left."""
    sys.stderr.flush()
    os._exit(code)


def main(path):
    lines, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    empty, writer = os.pipe()
    os.close(writer)
    os.dup2(empty, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    handle = load(path).handle
    process = os.getpid()
    line = json.dumps({"resident": 1, "runtime": "python " + sys.version.split()[0]}).encode() + b"\n"
    while True:
        answers.write(line)
        answers.flush()
        line = lines.readline(LINE_BYTES + 1)
        if not line:
            end(0)
        try:
            number, args = parse(line)
        except (ValueError, RecursionError) as problem:
            print("the line is no call: %s: %r" % (problem, line[:200]))
            end(1)
        line = answer(number, *run(handle, args))
        if os.getpid() != process:
            end(0)  # a child that the function forked and did not end


if __name__ == "__main__":
    main(*sys.argv[1:])
