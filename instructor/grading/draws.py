"""Other numbers for the checks than those that everybody can see."""

import sys
import types
from unittest.mock import patch

import numpy as np

from cs231n.course.checking import trial
from instructor.grading.cases import CASES

FUNCTIONS = ("copy",)  # of numpy, that batteries hand over; besides elementwise ones
DRAWING = ("cs231n.course.batteries", "cs231n.course.checking")
OTHER = "Asked from outside, with numbers drawn for this grading:"


def forget_limits():
    """Loops and memory cannot be seen from outside of the process that runs the answer."""
    trial.lines_run = trial.peak_megabytes = lambda call: 0


def verdict(exercise, seed, module, key):
    """(status, message) of an exercise whose battery draws nothing: it is compared with the key.

    module: where it is answered. key: the code of that module with the key's answer.
    """
    pair = [
        CASES[exercise](each, np.random.RandomState(seed % 2**32))
        for each in (module, _module_of(key, module))
    ]
    number = 0
    try:
        for number, (got, expected) in enumerate(zip(*pair, strict=True), start=1):
            if not _alike(got, expected):
                return "wrong", f"{exercise} is wrong in case {number} of those drawn for it."
    except Exception as error:
        return "wrong", f"{exercise} stopped with {type(error).__name__}: {error}"
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
