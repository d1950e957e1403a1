"""Runs check cells in a process of their own, which an answer may end, hang or fill.

One worker (worker.py) takes the cells one after the other, so that what takes time, starting Python
and importing numpy, is done once. Where it dies, or has to be killed, the next cell gets another.
Where no process can be started, as in a browser, cells run in this one, without a time limit.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict

from cs231n.course.threads import ONE_THREAD

NO_PROCESSES = ("emscripten", "wasi")  # platforms
START_LIMIT = 60.0  # seconds for a worker to start; some disks are slow
END_LIMIT = 1.0  # seconds between the end of what a worker says and its own
GLANCE = 0.1  # seconds between two looks at a silent worker; on Windows Ctrl-C waits for the next
LINE = 1_000_000  # bytes; more than the worker ever writes in one line
READY = b"ready"
BOOT = "import sys; sys.path[:] = sys.argv[1:]; import cs231n.course.status.worker as w; w.serve()"
WINDOWS_CRASHES = {0xC0000005: "access violation", 0xC00000FD: "stack overflow"}
KILLED = (-9, -15)  # exit codes by signals that come from outside


class Isolation:
    """Runs cells for as long as its `with` block lasts. time_limit: seconds for one cell."""

    def __init__(self, time_limit):
        self.time_limit = time_limit
        self._worker = None
        self._can_start = True

    def __enter__(self):
        self._worker = _start()  # at once: it gets ready while the caller does
        return self

    def __exit__(self, *_):
        self._dismiss()

    def run_cell(self, cell):
        """(status, message) of one check cell, whatever its answer does."""
        if not self._find_worker():
            return _run_here(cell)
        self._worker.send({"cell": asdict(cell), "time_limit": self.time_limit})
        line = self._worker.receive(self.time_limit)
        try:
            status, message, left_behind = json.loads(line or b"")
        except (TypeError, ValueError):  # no line, or one of the answer's own
            status, message, left_behind = "wrong", self._why_no_verdict(line), True
        if left_behind:
            self._dismiss()
        return status, message

    def _find_worker(self):
        """Whether there is a worker that waits for a cell: the one so far, or else a new one."""
        if self._worker and self._worker.process.poll() is not None:
            self._dismiss()
        if self._can_start and not self._worker:
            self._worker = _start()
        self._can_start = self._worker is not None and self._worker.is_ready()
        return self._can_start

    def _why_no_verdict(self, line):
        if line is None:
            return f"It ran longer than {self.time_limit:g} s: is there a loop that does not end?"
        return _told_end(self._worker.exit_code())

    def _dismiss(self):
        if self._worker:
            self._worker.end()
        self._worker = None


class Worker:
    """A process that runs cells, and the two pipes to it."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", BOOT, *map(str, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
            # Apart from the terminal's Ctrl-C, and in a group with whatever an answer starts.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._lines = queue.SimpleQueue()
        self._said_ready = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self.process.stdout as pipe:
            for line in iter(lambda: pipe.readline(LINE), b""):
                self._lines.put(line)
        self._lines.put(b"")

    def is_ready(self):
        """Waits until it can take a cell; False where that does not come."""
        self._said_ready = self._said_ready or (self.receive(START_LIMIT) or b"").strip() == READY
        return self._said_ready

    def send(self, message):
        """Sends what can be written as JSON. Nothing happens where the process has ended."""
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()

    def receive(self, seconds):
        """The next line; b"" where there will be none, and None where there is none in time."""
        end = time.monotonic() + seconds
        while True:
            # Asked first: what was said before the end is in the queue, or comes within a glance.
            ended = self.process.poll() is not None
            left = end - time.monotonic()
            try:
                return self._lines.get(timeout=max(0.0, min(GLANCE, left)))
            except queue.Empty:
                # The pipe alone does not tell: a child of the worker may hold it open.
                if ended:
                    return b""
                if left <= 0:
                    return None

    def exit_code(self):
        """What the process ended with, by itself; None where it goes on."""
        try:
            return self.process.wait(END_LIMIT)
        except subprocess.TimeoutExpired:
            return None

    def end(self):
        """Ends the process, and all that it has started."""
        with contextlib.suppress(OSError):  # they have ended
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self.process.stdin.close()


def _start():
    """A Worker, or None where there can be none."""
    if sys.platform in NO_PROCESSES:
        return None
    try:
        return Worker()
    except OSError:
        return None


def _run_here(cell):
    from cs231n.course.status.one_cell import run_cell  # it brings numpy: only where it is needed

    return run_cell(cell)


def _told_end(code):
    """What an exit code says of an answer."""
    if code is None:
        return "It closed files that are not its own: is there an os.close or os.closerange?"
    if code in KILLED:
        return "The system ended it: did it take more memory than there is?"
    if code < 0 or code in WINDOWS_CRASHES:
        name = WINDOWS_CRASHES.get(code) or signal.strsignal(-code) or f"signal {-code}"
        return (
            f"It crashed ({name.lower()}): as_strided with a wrong shape or wrong strides, or a "
            "recursion limit that is set too high?"
        )
    return (
        f"It ended Python itself (exit code {code}): is there an os._exit? A function ends with "
        "return, or raises an error."
    )
