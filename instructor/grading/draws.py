"""Other numbers for the batteries than those that everybody can see."""

import sys
from unittest.mock import patch

import numpy as np

from cs231n.course.checking import trial
from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.harness import run_batteries
from cs231n.course.checking.telling import TODO, is_todo, told

FUNCTIONS = ("copy",)  # of numpy, that batteries hand over; besides elementwise ones
DRAWING = ("cs231n.course.batteries", "cs231n.course.checking")


def forget_limits():
    """Loops and memory cannot be seen from outside of the process that runs the answer."""
    trial.lines_run = trial.peak_megabytes = lambda call: 0


def verdict(exercise, seed):
    """(status, message) of an exercise by its batteries, with what they draw drawn anew."""
    try:
        with drawn_anew(seed):
            run_batteries(exercise)
    except Exception as error:
        if is_todo(error):
            return "todo", str(error).removeprefix(TODO)
        failure = error if isinstance(error, CheckFailed) else told(error, exercise)
        return "wrong", "With other numbers than those of the notebook:\n" + str(failure)
    return "done", ""


def drawn_anew(seed):
    """In the block, a battery's RandomState(n) is another stream than anywhere else."""
    usual = np.random.RandomState

    def stream(number=None):
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if number is None or not caller.startswith(DRAWING) or caller.endswith("fingerprints"):
            return usual(number)
        return usual([seed % 2**32, number])

    return patch.object(np.random, "RandomState", stream)
