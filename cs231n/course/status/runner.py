"""Runs check cells in this process, each in a fresh namespace, with a limit on its time."""

import _thread
import contextlib
import signal
import threading
from dataclasses import asdict, dataclass

from cs231n.course.paths import ROOT
from cs231n.course.source import locate
from cs231n.course.status.one_cell import run_cell

TIME_LIMIT = 10.0  # seconds for one check cell; a right answer needs about one
SEVERITY = ("done", "todo", "wrong")


@dataclass(frozen=True)
class Outcome:
    """What the checks of one exercise in one notebook say."""

    id: str
    notebook: str
    status: str
    file: str | None
    line: int | None
    message: str

    as_dict = asdict


def run_checks(cells, root=ROOT, time_limit=TIME_LIMIT):
    """Runs the cells; yields an Outcome per exercise and notebook, in their order."""
    places = locate(root)
    groups = {}
    for cell in cells:
        groups.setdefault((cell.notebook, cell.exercise), []).append(cell)
    for (notebook, exercise), members in groups.items():
        results = [_run(cell, time_limit) for cell in members]
        status = max((status for status, _ in results), key=SEVERITY.index)
        # The first cell of the worst verdict speaks; where all is well, every cell does.
        told = [message for s, message in results if s == status]
        message = "\n".join(told) if status == "done" else told[0]
        yield Outcome(exercise, notebook, status, *places.get(exercise, (None, None)), message)


def _run(cell, time_limit):
    """(status, message) of one cell."""
    try:
        with _limit(time_limit):
            return run_cell(cell)
    except _TimeLimit:
        return "wrong", f"It ran longer than {time_limit:g} s: is there a loop that does not end?"


class _TimeLimit(Exception):
    pass


@contextlib.contextmanager
def _limit(seconds):
    """Interrupts the block after so many seconds, on every system (no signal but Ctrl-C's)."""
    over = threading.Event()
    ended = threading.Event()

    def watch():
        # Again and again: a bare `except:` in an answer can swallow an interrupt.
        while not ended.wait(seconds if not over.is_set() else 0.1):
            over.set()
            _thread.interrupt_main()

    # Under `nohup` and the like Ctrl-C is ignored, and then interrupt_main would be as well.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        try:
            yield
        finally:
            ended.set()
            watcher.join()
    except KeyboardInterrupt:
        if not over.is_set():
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    if over.is_set():
        raise _TimeLimit
