"""The IPython extension of the notebooks' setup cell: `%load_ext cs231n.course.desk`.

It reloads the package's files when they change, draws figures in the notebook in one style, and
shows a TODO as a short note. (A failed check brings its own message, see checks.CheckFailed.)
"""

import traceback

import matplotlib as mpl

from cs231n.course.desk.panel import panel
from cs231n.course.desk.reloading import reload_when_changed
from cs231n.course.paths import ROOT, shown
from cs231n.course.status.source import locate

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


def load_ipython_extension(shell):
    """Sets up the notebook in which it is loaded; loading it twice does no harm."""
    reload_when_changed(shell)
    shell.run_line_magic("matplotlib", "inline")
    mpl.rcParams.update(PLOT_STYLE)
    shell.set_custom_exc((NotImplementedError,), _show_todo)


def _show_todo(shell, kind, error, trace, tb_offset=None):
    """Shows a TODO as a panel, and any other NotImplementedError as it is.

    Either way Jupyter gets an error, so that nbval and Run All stop at it.
    """
    if str(error).startswith("TODO: "):
        lines = _todo_panel(error, trace)
    else:
        lines = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset)
    shell._showtraceback(kind, error, lines)
    return lines


def _todo_panel(error, trace):
    frame = traceback.extract_tb(trace)[-1]
    # A check may raise for an exercise that is not written in full yet: then it stands elsewhere.
    exercise = str(error).removeprefix("TODO: ")
    file, line = locate(ROOT).get(exercise, (shown(frame.filename), frame.lineno))
    if file == shown(frame.filename):
        line = frame.lineno
    place = f"Your turn: {file}, line {line}."
    return panel("todo", f"○ {error}", [place, "Write it, save, and run this cell again."])
