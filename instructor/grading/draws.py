"""Other numbers for the checks than those that everybody can see."""

import sys
import types
from unittest.mock import patch

import numpy as np

from cs231n.course.checking import trial
from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.harness import run_batteries
from cs231n.course.checking.telling import TODO, is_todo, told
from instructor.grading.cases import CASES

FUNCTIONS = ("copy",)  # of numpy, that batteries hand over; besides elementwise ones
DRAWING = ("cs231n.course.batteries", "cs231n.course.checking")
OTHER = "With other numbers than those of the notebook:"


def forget_limits():
    """Loops and memory cannot be seen from outside of the process that runs the answer."""
    trial.lines_run = trial.peak_megabytes = lambda call: 0


def verdict(exercise, seed, module, key):
    """(status, message) of an exercise where its checks draw anew.

    module: where it is answered. key: the code of that module with the key's answer.
    """
    try:
        with drawn_anew(seed):
            run_batteries(exercise)
        if exercise in CASES:
            _compare(exercise, seed, module, _module_of(key, module))
    except Exception as error:
        if is_todo(error):
            return "todo", str(error).removeprefix(TODO)
        failure = error if isinstance(error, CheckFailed) else told(error, exercise)
        return "wrong", f"{OTHER}\n{failure}"
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


def _compare(exercise, seed, module, key):
    pair = [CASES[exercise](each, np.random.RandomState(seed % 2**32)) for each in (module, key)]
    for number, (got, expected) in enumerate(zip(*pair, strict=True), start=1):
        if not _alike(got, expected):
            raise CheckFailed(f"{exercise} is wrong in case {number} of those drawn for grading.")


def _module_of(code, like):
    """A module of this code, which nobody else imports."""
    made = types.ModuleType(like.__name__)
    vars(made).update(__file__=like.__file__, __package__=like.__package__, __spec__=like.__spec__)
    exec(code, vars(made))
    return made


def _alike(got, expected):
    if isinstance(expected, list | tuple):
        pairs = zip(got, expected, strict=True)
        return len(got) == len(expected) and all(_alike(*pair) for pair in pairs)
    if isinstance(expected, str) or isinstance(got, str):
        return type(got) is type(expected) and got == expected
    got, expected = np.asarray(got), np.asarray(expected)
    return got.shape == expected.shape and np.allclose(got, expected, rtol=1e-9, atol=1e-12)
