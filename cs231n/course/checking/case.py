"""One call of an answer: its inputs, and the results with their kinds."""

from dataclasses import dataclass, field

import numpy as np

from cs231n.course.checking.comparing import failed
from cs231n.course.checking.copies import fresh, parts
from cs231n.course.checking.failures import NONE, CheckFailed, Evidence
from cs231n.course.checking.numbers import described
from cs231n.course.checking.telling import is_todo, stopped, unpacked


@dataclass
class Case:
    """One call of an answer, and what may be asked of it.

    make: function of a type, gives new inputs {name: value} with float arrays of that type (None:
    as they are). returns: {name: kind} of what comes back. may_change: inputs that the answer may
    change, or parts of them ("self.bn_params"); of a method's self only arrays count anyway, as
    the rest is the answer's own affair. may_share: a result may be an argument itself. random: two
    calls may differ. single: float32 must stay float32. by_name: the call is made by keyword.
    """

    title: str
    make: object
    returns: dict = field(default_factory=dict)
    may_change: tuple = ()
    may_share: bool = False
    random: bool = False
    single: bool = False
    by_name: bool = False
    inputs: dict = field(default_factory=dict)  # as the call left them
    results: dict = field(default_factory=dict)
    kept: list = field(default_factory=list)  # of the results: (path, part, its copy)
    draws: bool = False  # from numpy's random stream

    def keep(self):
        """Notes what came back, as it is now."""
        self.kept = [
            (f"{name}{path}", part, fresh(part))
            for name, kind in self.returns.items()
            if kind != "anything"
            for path, part in parts(self.results[name])
        ]

    def counts(self, name, path, part):
        """Whether this part of the input `name` must stay as it is."""
        place = f"{name}{path}"
        within = any(
            place == each or place.startswith((f"{each}.", f"{each}[", f"{each}'"))
            for each in self.may_change
        )
        return not within and (name != "self" or isinstance(part, np.ndarray))

    def told(self, exercise):
        """Lines that say what the case is, and how to repeat it."""
        inputs = ", ".join(f"{name} {described(value)}" for name, value in self.make(None).items())
        return [
            f"The case: {self.title}: {inputs}",
            f"Again: from cs231n.checks import last_case; {exercise}(**last_case())",
        ]


def apply(function, inputs, by_name=False):
    """Calls a function with inputs {name: value}, by position unless by_name."""
    return function(**inputs) if by_name else function(*inputs.values())


def run(exercise, function, inputs, by_name=False):
    """Calls an exercise; what it raises is told as its fault."""
    try:
        return apply(function, inputs, by_name)
    except Exception as error:
        if isinstance(error, CheckFailed) or is_todo(error):
            raise
        raise stopped(exercise, error) from error


def results_of(exercise, function, case, inputs):
    """What an answer returns, as {name: value}, each of its kind. Raises CheckFailed."""
    result = run(exercise, function, inputs, case.by_name)
    names = list(case.returns)
    values = unpacked(exercise, result, ", ".join(names)) if len(names) > 1 else [result]
    for name, value in zip(names, values, strict=True):
        _require_kind(f"{name} ({case.title})", value, case.returns[name])
    return dict(zip(names, values, strict=True))


def floats_of(case, results):
    """(name, array) of all results that must have the type of what went in."""
    for name, kind in case.returns.items():
        if kind == "array":
            yield name, np.asarray(results[name])
        elif kind in ("dict", "several"):
            for path, part in parts(results[name]):
                if isinstance(part, np.ndarray) and part.dtype.kind == "f":
                    yield f"{name}{path}", part


def numbers_of(case, results):
    """(name, value) of all results that are single numbers with a point."""
    for name, kind in case.returns.items():
        if kind == "number" and np.asarray(results[name]).dtype.kind == "f":
            yield name, np.asarray(results[name])


def _require_kind(name, value, kind):
    of_type = type(value).__name__
    what = "None" if value is None else f"a {of_type}"
    shown = what.replace("a ", "an ", 1) if of_type[0] in "aeiou" else what
    # A matrix or a masked array computes by rules of its own.
    if kind in ("array", "labels") and type(value) is not np.ndarray:
        raise failed(
            f"{name} is {shown}, expected an array.",
            [],
            lambda: _no_array(value),
            Evidence(f"{name} is {what}"),
        )
    if kind == "number" and isinstance(value, np.ndarray) and value.ndim:
        raise failed(
            f"{name} is an array of shape {value.shape}, expected a number.",
            [],
            lambda: "does a sum or a mean lack, or keep an axis, or did it start as an array?",
            Evidence(name, value if value.dtype.kind in "buif" else None),
        )
    if kind == "several" and not isinstance(value, tuple | list):
        raise failed(
            f"{name} is {shown}, expected a tuple or a list.",
            [],
            lambda: (
                NONE
                if value is None
                else "(a,) with a comma is a tuple of one thing; (a) is the thing itself"
            ),
            Evidence(f"{name} is {what}"),
        )
    if kind == "dict" and not isinstance(value, dict):
        raise failed(
            f"{name} is {shown}, expected a dict.",
            [],
            lambda: "does every path end in `return …`, with the values in order?",
            Evidence(f"{name} is {what}"),
        )


def _no_array(value):
    """What a value shows that is no array."""
    if value is None:
        return NONE
    if isinstance(value, list | tuple):
        return "np.array(…) makes an array of a list"
    return "a single number, where an array is meant" if np.isscalar(value) else None
