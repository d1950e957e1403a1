"""What goes wrong between the call and the check, told as a fault of the exercise, in words."""

import ast
import traceback
from pathlib import Path

import numpy as np

from cs231n.course.checking import fingerprints, session
from cs231n.course.checking.failures import NONE, CheckFailed, Evidence
from cs231n.course.checking.numbers import described
from cs231n.course.checking.usual import usual_cause
from cs231n.course.paths import ROOT, shown

TODO = "TODO: "


def is_todo(error):
    """Whether an error is that of a stub that nobody has written yet."""
    return isinstance(error, NotImplementedError) and str(error).startswith(TODO)


def told(error, exercise=None):
    """Any error that ended a check cell, as a CheckFailed.

    exercise: the id of the cell's exercise, where it is known.
    """
    if isinstance(error, CheckFailed):
        return error
    frame = _frames(error)[-1] if _frames(error) else None
    call = _unpacked_call(error, frame)
    # The cell has ended: its mistakes are still those of its exercise.
    with session.checking(exercise or session.exercise()):
        if call:
            return _not_unpacked(*call)
        return stopped(exercise if exercise and _own_frames(error) else "The cell", error)


def stopped(exercise, error):
    """A CheckFailed that says where an exercise raised an error, and what it had at hand."""
    name = type(error).__name__
    verdict = f"{exercise} stopped with {name}: {error}".removesuffix(": ")
    evidence = Evidence(f"{name}: {error}")
    known = fingerprints.sentence(session.exercise(), evidence)
    own = _own_frames(error)
    guess = usual_cause(error, own[-1].tb_frame if own else None)
    return CheckFailed(verdict, _place(error), known, guess=guess, evidence=evidence)


def unpacked(exercise, result, names):
    """The values that an exercise returned; names says which, such as "loss, dW".

    Raises CheckFailed where they are not as many.
    """
    count = len(names.split(","))
    if isinstance(result, tuple | list) and len(result) == count:
        return result
    kind = f"{len(result)} values" if isinstance(result, tuple) else f"a {type(result).__name__}"
    raise _not_unpacked(exercise, "None" if result is None else kind, names)


def _not_unpacked(exercise, got, names):
    """A CheckFailed for a call that gave `got`, in words, in place of the names' values."""
    evidence = Evidence(f"({names}) is {got}")
    known = fingerprints.sentence(session.exercise(), evidence)
    usual = NONE if got == "None" else f"this call does not end in `return {names}`"
    return CheckFailed(
        f"{exercise} did not return ({names}).",
        [f"got {got}, expected {len(names.split(','))} values"],
        known,
        guess=usual,
        evidence=evidence,
    )


def _unpacked_call(error, frame):
    """(call, what it gave, names) where a cell could not unpack what a call gave; or None."""
    if frame is None or frame.tb_frame.f_code.co_name != "<module>":
        return None
    if not isinstance(error, TypeError | ValueError) or "unpack" not in str(error):
        return None
    line = traceback.extract_tb(frame)[-1].line or ""
    try:
        (statement,) = ast.parse(line).body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return None
    names = ast.unparse(statement.targets[0]).strip("()")
    got = "None" if "NoneType" in str(error) else "another number of values"
    return ast.unparse(statement.value.func), got, names


def _place(error):
    """The line of the learner's code that raised an error, its arrays, and who called it."""
    if isinstance(error, SyntaxError):
        place = f"In {shown(error.filename or '?')}, line {error.lineno}"
        return [f"{place}: {(error.text or '').strip()}"]
    own = _own_frames(error)
    if not own:
        return _place_in_cell(error)
    (summary,) = traceback.extract_tb(own[-1], limit=1)
    lines = [f"In {shown(summary.filename)}, line {summary.lineno}: {summary.line}"]
    values = own[-1].tb_frame.f_locals
    there = [f"{n} {described(v)}" for n, v in values.items() if isinstance(v, np.ndarray)]
    if there:
        lines.append(f"There: {', '.join(there)}")
    if len(own) > 1:
        (caller,) = traceback.extract_tb(own[0], limit=1)
        lines.append(f"Called in {shown(caller.filename)}, line {caller.lineno}: {caller.line}")
    return lines


def _place_in_cell(error):
    """The line of the check cell that an error left, where it came through one."""
    cell = [f for f in _frames(error) if f.tb_frame.f_globals.get("__name__") == "__main__"]
    if not cell:
        return []
    (summary,) = traceback.extract_tb(cell[-1], limit=1)
    return [f"In the cell: {summary.line}"]


def _is_learners(filename):
    path, package = Path(filename), ROOT / "cs231n"
    ours = path == package / "checks.py" or path.is_relative_to(package / "course")
    return path.is_relative_to(package) and not ours


def _own_frames(error):
    """The frames of an error that are the learner's code."""
    return [f for f in _frames(error) if _is_learners(f.tb_frame.f_code.co_filename)]


def _frames(error):
    frames, frame = [], error.__traceback__
    while frame:
        frames.append(frame)
        frame = frame.tb_next
    return frames
