"""The notebook's side of the course: `%load_ext cs231n.course.desk` in the setup cell."""

import os

from cs231n.course.threads import take_one_core


def load_ipython_extension(shell):
    """What %load_ext calls; see extension.py."""
    take_one_core(os.environ)  # before anything imports numpy
    # Here and not above: a terminal's commands need the panel alone, and start without matplotlib.
    from cs231n.course.desk.extension import load_ipython_extension

    load_ipython_extension(shell)
