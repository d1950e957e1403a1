"""The process in which check cells run: takes them from a pipe, gives back each one's verdict.

isolation.py starts it, talks to it, and kills it when it hangs. Its input and output are JSON, a
line each: {"cell", "time_limit"} comes in, [status, message, left_behind] goes out. An answer gets
neither of the two: its own input is empty, and what it prints past Python goes nowhere.
"""

import contextlib
import faulthandler
import gc
import json
import os
import signal
import sys
import threading
from pathlib import Path

import numpy as np
from tqdm import tqdm

from cs231n.course.cells import CheckCell
from cs231n.course.checking.limits import MEMORY
from cs231n.course.checking.telling import told
from cs231n.course.status.isolation import READY
from cs231n.course.status.one_cell import run_cell

try:
    import resource
except ImportError:  # Windows; there memory has no limit but the machine's
    resource = None

MESSAGE = 20_000  # characters; what is longer, nobody reads
ORPHANED = 10.0  # seconds after the time limit: then nobody is left to kill this process


def serve():
    """Runs one cell after the other, until there are no more."""
    requests, replies = _take_pipes()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which `nohup` and others ignore
    tqdm.monitor_interval = 0  # or progress bars would leave a thread behind
    replies.write(READY.decode() + "\n")
    process, before = os.getpid(), _surroundings()
    for line in requests:
        request = json.loads(line)
        _limit_memory(MEMORY)
        # A C thread of its own, which even an answer that holds Python's lock cannot stop.
        faulthandler.dump_traceback_later(request["time_limit"] + ORPHANED, exit=True, file=2)
        status, message = _verdict(CheckCell(**request["cell"]))
        faulthandler.cancel_dump_traceback_later()
        if os.getpid() != process:  # the answer has forked, and this is the copy
            os._exit(0)
        # What has filled the memory may still be there.
        left_behind = _surroundings() != before or "MemoryError" in message
        replies.write(json.dumps([status, message[:MESSAGE], left_behind]) + "\n")
    os._exit(0)  # past threads and exit handlers of answers


def _take_pipes():
    """The pipes to the parent, moved to where nobody else knows of them."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n", buffering=1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return requests, replies


def _verdict(cell):
    try:
        return run_cell(cell, before_telling=_make_room)
    except BaseException as error:  # a KeyboardInterrupt, or one that came while it was told
        _make_room()
        return "wrong", str(told(error, cell.exercise))


def _make_room():
    """What has filled the memory may still be there, and what is told of it needs some."""
    _limit_memory(2 * MEMORY)


def _limit_memory(size):
    """Lets Python raise MemoryError beyond so many bytes."""
    if resource is None:
        return
    # Not RLIMIT_AS: address space is reserved for much that is never used.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    with contextlib.suppress(OSError, ValueError):  # the system's own limit is lower
        resource.setrlimit(resource.RLIMIT_DATA, (size, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _surroundings():
    """What an answer can change to the harm of the next, and right code leaves alone."""
    try:
        folder = Path.cwd()
    except OSError:  # it is gone
        folder = None
    return (
        folder,
        np.geterr(),
        sys.getrecursionlimit(),
        sys.gettrace(),
        sys.getprofile(),
        gc.isenabled(),
        threading.excepthook,
        sys.stdin.closed,  # exit() closes it
        signal.getsignal(signal.SIGINT),
        signal.getitimer(signal.ITIMER_REAL) if hasattr(signal, "getitimer") else None,
        len(sys._current_frames()),  # threads, those of _thread included
    )
