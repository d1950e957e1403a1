"""Batteries: the further cases of an exercise, and how one is found for a function."""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from cs231n.course import batteries

KINDS = ("array", "labels", "number", "dict", "several", "anything")


@dataclass(frozen=True)
class Battery:
    """The further cases of one exercise.

    exercise: its id. run: function of a Trial, which tries all cases. returns: {name: kind} of
    what the exercise returns, in order. needs: ids of exercises that it rests on: where one of
    them is wrong, that is told instead. maybe: those that an answer may use and need not.
    single: float32 that goes in must come out as float32. stage: of an exercise that a later
    notebook extends, which part of it; "" is the first. begun: function of a Trial, gives the id
    of an exercise that has nothing of this stage yet, or None. home: the module where the
    exercise stands, where the battery's own does not mirror it. by_name: it takes **values, and
    so is called by keyword.
    """

    exercise: str
    run: Callable
    returns: dict
    needs: tuple = ()
    maybe: tuple = ()
    single: bool = False
    stage: str = ""
    begun: Callable = lambda trial: None
    home: str = ""
    by_name: bool = False


def battery(exercise, *, returns, needs=(), maybe=(), **more):
    """Makes a function of a Trial the battery of an exercise.

    The kinds of what is returned: "array" (floats, of the type that went in), "labels" (an array
    of any numeric type), "number", "dict" (of arrays, by name), "several" (a tuple or a list, of
    any length) and "anything" (the answer's own affair, such as a cache). more: see Battery.
    """
    unknown = set(returns.values()) - set(KINDS)
    if unknown:
        raise ValueError(f"{exercise} returns kinds that there are not: {unknown}")

    def made(run):
        return Battery(exercise, run, returns, tuple(needs), tuple(maybe), **more)

    return made


def battery_of(exercise, module="", stage=""):
    """The Battery of an exercise's stage. Raises LookupError where there is none.

    module: see batteries_of.
    """
    for each in batteries_of(exercise, module):
        if each.stage == stage:
            return each
    raise LookupError(f"{exercise} has no battery{stage and f' for {stage!r}'}")


def batteries_of(exercise, module=""):
    """The batteries of an exercise, by its id: one for each stage, in order.

    module: the name of the module where the exercise is thought to stand; its batteries stand in
    a file of the same name.
    """
    mirrored = module.replace("cs231n", batteries.__name__, 1)
    for name in sorted(_modules(), key=lambda name: name != mirrored):
        values = vars(importlib.import_module(name)).values()
        found = [each for each in values if isinstance(each, Battery) and each.exercise == exercise]
        if found:
            return found
    return []


def exercise_of(function):
    """(id, module) of the exercise that a function answers: its qualified name, and where it is.

    A decorator can hide both; then it is looked for where the exercises are.
    """
    plain = inspect.unwrap(function)
    name, module = getattr(plain, "__qualname__", ""), getattr(plain, "__module__", "")
    if "<locals>" not in name:
        return name, module
    for found in map(importlib.import_module, _modules()):
        for each in vars(found).values():
            if isinstance(each, Battery) and answer_to(each) is function:
                return each.exercise, home_of(each)
    raise LookupError(f"{function!r} is no exercise")


def home_of(battery):
    """The name of the module where a battery's exercise stands."""
    return battery.home or battery.run.__module__.replace(batteries.__name__, "cs231n", 1)


def answer_to(battery):
    """What the package holds in the place of a battery's exercise."""
    return resolve(vars(importlib.import_module(home_of(battery))), battery.exercise)


def resolve(namespace, name):
    """What a qualified name, such as TwoLayerNet.loss, means in a namespace; or None."""
    first, *others = name.split(".")
    value = namespace.get(first)
    for other in others:
        value = getattr(value, other, None)
    return value


@functools.cache
def _modules():
    found = pkgutil.walk_packages(batteries.__path__, f"{batteries.__name__}.")
    return [module.name for module in found if not module.ispkg]
