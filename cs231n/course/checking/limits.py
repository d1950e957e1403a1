"""How much a call does: lines of Python, megabytes."""

import sys
import tracemalloc

# Bytes that a check may take where it has a process of its own. None of the course needs more than
# a tenth of it, and on a machine with 4 GB a browser still has room beside it.
MEMORY = 2_000_000_000


def lines_run(call):
    """How many lines of Python (not of compiled code) a call runs."""
    lines = 0

    def trace(_frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines


def peak_megabytes(call):
    """The most memory, in megabytes, that arrays and objects made by the call take at once."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
