"""Runs one check cell in this process, in a namespace of its own."""

import contextlib
import linecache
import warnings

from cs231n.course.checking import session
from cs231n.course.checking.harness import wrong_need
from cs231n.course.checking.telling import TODO, is_todo, told
from cs231n.course.status.printed import Printed

NOT_WRITTEN = "not written yet"


def run_cell(cell, before_telling=lambda: None):
    """(status, message) of one check cell. Only Ctrl-C gets through, as KeyboardInterrupt.

    before_telling: is called when the cell has failed, before anything is looked up.
    """
    try:
        return "done", execute(cell)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        before_telling()
        if is_todo(error):
            missing = str(error).removeprefix(TODO)
            return "todo", NOT_WRITTEN if missing == cell.exercise else f"waits for {missing}"
        with _quietly(Printed()):
            return "wrong", str(wrong_need(cell.exercise) or told(error, cell.exercise))


def execute(cell):
    """Runs a cell; returns what it prints, and raises what it raises."""
    filename = f"{cell.notebook}[{cell.cell_id}]"
    source = f"{cell.setup}\n{cell.source}\n"
    # Lets a traceback quote the cell's lines.
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    printed = Printed()
    with _quietly(printed), session.checking(cell.exercise):
        exec(compile(source, filename, "exec"), {"__name__": "__main__"})
    return printed.text.strip()


@contextlib.contextmanager
def _quietly(printed):
    """Collects what is printed; progress bars and warnings are for the notebook."""
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(Printed()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
