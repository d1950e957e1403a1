"""Cells that wait while another fails say where it stopped.

Jupyter does not run them, and says nothing. After Run All the page stands at its end, far from the
cell that failed.
"""

from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.telling import is_todo
from cs231n.course.desk.panel import panel


class NotRun:
    """Takes the place of the kernel's reply to a cell that it does not run.

    reply: that reply, a function of (stream, message, idents).
    """

    def __init__(self, reply):
        self._reply = reply
        self._latest = None

    def note(self, result):
        """After each cell that was run: what came of it."""
        self._latest = result

    def __call__(self, stream, message, idents):
        # The kernel takes what is printed now for the output of the cell that was not run.
        print("\n".join(_lines(self._latest)), flush=True)
        self._reply(stream, message, idents)


def tell_cells_not_run(shell):
    """Lets a kernel say so in each cell; does nothing where there is none that could."""
    kernel = getattr(shell, "kernel", None)
    # ipykernel has no public place for it. Where the name is gone, so is the note, and no more.
    reply = getattr(kernel, "_send_abort_reply", None)
    if reply is None or isinstance(reply, NotRun):
        return
    kernel._send_abort_reply = NotRun(reply)
    shell.events.register("post_run_cell", kernel._send_abort_reply.note)


def _lines(result):
    error = result and (result.error_before_exec or result.error_in_exec)
    if not error:
        return panel("todo", "○ Not run: an earlier cell failed.", [])
    return panel(
        "todo", f"○ Not run: it stopped above, at [{result.execution_count}].", [_short(error)]
    )


def _short(error):
    if is_todo(error):
        return str(error)
    first = error.verdict if isinstance(error, CheckFailed) else f"{type(error).__name__}: {error}"
    return first.splitlines()[0]
