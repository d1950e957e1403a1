"""The notebook's side of the course: `%load_ext cs231n.course.desk` in the setup cell."""


def load_ipython_extension(shell):
    """What %load_ext calls; see extension.py."""
    # Here and not above: a terminal's commands need the panel alone, and start without matplotlib.
    from cs231n.course.desk.extension import load_ipython_extension

    load_ipython_extension(shell)
