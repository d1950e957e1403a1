"""Runs check cells in this process, each in a fresh namespace, with a limit on its time."""

import _thread
import contextlib
import io
import linecache
import signal
import threading
import traceback
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

from cs231n.checks import CheckFailed
from cs231n.course.paths import ROOT, shown
from cs231n.course.status.source import locate

TIME_LIMIT = 10.0  # seconds for one check cell; a right answer needs about one
TODO = "TODO: "
NOT_WRITTEN = "not written yet"
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
    filename = f"{cell.notebook}[{cell.cell_id}]"
    source = f"{cell.setup}\n{cell.source}\n"
    # Lets a traceback quote the cell's lines.
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    printed = io.StringIO()
    try:
        code = compile(source, filename, "exec")
        with _quietly(printed), _limit(time_limit):
            exec(code, {"__name__": "__main__"})
    except CheckFailed as error:
        return "wrong", str(error)
    except _TimeLimit:
        return "wrong", f"It ran longer than {time_limit:g} s: is there a loop that does not end?"
    except (Exception, SystemExit) as error:
        if isinstance(error, NotImplementedError) and str(error).startswith(TODO):
            return "todo", _todo_message(cell.exercise, str(error).removeprefix(TODO))
        return "wrong", _describe_error(error)
    return "done", printed.getvalue().strip()


@contextlib.contextmanager
def _quietly(printed):
    """Collects what is printed; progress bars and warnings are for the notebook."""
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


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


def _todo_message(exercise, missing):
    return NOT_WRITTEN if missing == exercise else f"waits for {missing}"


def _describe_error(error):
    """'ValueError: …' and the line of the learner's code that raised it."""
    if isinstance(error, SyntaxError):
        text = f"{type(error).__name__}: {error.msg}"
        return f"{text}\nin {shown(error.filename or '?')}, line {error.lineno}"
    text = f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is this file's
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "cs231n")]
    if not frames:
        return text
    frame = (own or frames)[-1]
    return f"{text}\nin {shown(frame.filename)}, line {frame.lineno}: {frame.line}"
