"""The IPython extension of the notebooks' setup cell: `%load_ext cs231n.course.desk`.

It reloads the package's files when they change, draws figures in the notebook in one style, shows a
TODO and a failed check as a short note in place of a traceback, and gives hints.
"""

import traceback
from collections import Counter

import matplotlib as mpl
from IPython.core.error import UsageError

from cs231n.course.checking import session
from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.harness import wrong_need
from cs231n.course.checking.telling import TODO, is_todo, told
from cs231n.course.desk.hint_magic import hint, offer
from cs231n.course.desk.not_run import tell_cells_not_run
from cs231n.course.desk.panel import panel
from cs231n.course.desk.reloading import reload_when_changed
from cs231n.course.desk.which import exercise_in
from cs231n.course.paths import ROOT, shown
from cs231n.course.source import locate

PLOT_STYLE = {
    "figure.dpi": 96,
    "figure.figsize": (8, 4.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": "medium",
    "image.cmap": "gray",
    "image.interpolation": "nearest",
    "legend.frameon": False,
}
PATIENCE = 2  # failures of an exercise from which on its panel offers a hint


def load_ipython_extension(shell):
    """Sets up the notebook in which it is loaded; loading it twice does no harm."""
    reload_when_changed(shell)
    shell.run_line_magic("matplotlib", "inline")
    mpl.rcParams.update(PLOT_STYLE)
    shell.set_custom_exc((Exception,), ErrorPanels())
    shell.register_magic_function(hint)
    if _note_exercise not in shell.events.callbacks["pre_run_cell"]:
        shell.events.register("pre_run_cell", _note_exercise)
    tell_cells_not_run(shell)


def _note_exercise(info):
    """Before each cell: which exercise it checks, if any."""
    session.begin(exercise_in(info.raw_cell))


class ErrorPanels:
    """Shows a TODO and a failed check as a panel, and any other error as it is.

    Either way Jupyter gets an error, so that nbval and Run All stop at it.
    """

    def __init__(self):
        self._failures = Counter()

    def __call__(self, shell, kind, error, trace, tb_offset=None):
        """What IPython calls with an error that ended a cell."""
        exercise = session.exercise()
        if is_todo(error):
            lines = _todo_panel(error, trace)
        elif isinstance(error, UsageError):  # of a magic, such as %hint
            lines = panel("wrong", f"✗ {error}", [])
        elif exercise or isinstance(error, CheckFailed):
            lines = self._failed_panel(error, exercise)
        else:
            lines = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset)
        shell._showtraceback(kind, error, lines)
        return lines

    def _failed_panel(self, error, exercise):
        failure = exercise and wrong_need(exercise)
        if failure:  # it is the other exercise that a hint would be for
            return panel("wrong", f"✗ {failure.verdict}", failure.lines)
        failure = told(error, exercise)
        self._failures[exercise] += 1
        stuck = exercise and self._failures[exercise] >= PATIENCE
        lines = [*failure.lines, *([offer(exercise)] if stuck else [])]
        return panel("wrong", f"✗ {failure.verdict}", lines)


def _todo_panel(error, trace):
    frame = traceback.extract_tb(trace)[-1]
    # A check may raise for an exercise that is not written in full yet: then it stands elsewhere.
    exercise = str(error).removeprefix(TODO)
    file, line = locate(ROOT).get(exercise, (shown(frame.filename), frame.lineno))
    if file == shown(frame.filename):
        line = frame.lineno
    place = f"Your turn: {file}, line {line}."
    return panel("todo", f"○ {error}", [place, "Write it, save, and run this cell again."])
