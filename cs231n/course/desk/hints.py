"""The hints of the exercises, read from the files beside their batteries.

Each exercise has three, from a nudge to the shape of a solution. They stand in
cs231n/course/batteries, those of the battery layers/affine.py in layers/affine.md:

    # Hints: the affine layer

    ## affine_forward

    1. The question to ask oneself.
    2. The idea, with shapes.
    3. The steps, in words:

       - Whatever belongs to a hint is indented by three spaces: lists, and drawings in fences.
"""

import re
from pathlib import Path

from cs231n.course import batteries
from cs231n.course.paths import shown

FOLDER = Path(batteries.__file__).parent
COUNT = 3
INDENT = " " * len("1. ")


class HintsError(ValueError):
    """A file of hints is not laid out as it should be; the text says where."""


def all_hints():
    """{id of an exercise: its three hints, texts in Markdown}. Raises HintsError."""
    found = {}
    for path in sorted(FOLDER.rglob("*.md")):
        for exercise, hints in read_hints(path).items():
            if exercise in found:
                raise HintsError(f"{shown(path)}: {exercise} has hints in another file already")
            found[exercise] = hints
    return found


def read_hints(path):
    """The hints of one file, as all_hints has them. Raises HintsError."""
    found = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    hints = None
    for number, line in enumerate(lines, start=1):
        problem = None
        if heading := re.fullmatch(r"## (\S+)", line):
            problem = _incomplete(found) or (heading[1] in found and "this heading stands twice")
            hints = found.setdefault(heading[1], [])
        elif item := re.fullmatch(r"(\d+)\. (.+)", line):
            if hints is None:
                problem = "a hint without a heading: ## and the exercise"
            elif int(item[1]) != len(hints) + 1:
                problem = f"hint {len(hints) + 1} is expected here, not {item[1]}"
            else:
                hints.append(item[2])
        elif hints and (line.startswith(INDENT) or not line.strip()):
            hints[-1] += "\n" + line.removeprefix(INDENT)
        elif line.strip() and not (number == 1 and line.startswith("# ")):
            problem = f"neither a heading nor a hint nor indented as part of one: {line!r}"
        if problem:
            raise HintsError(f"{shown(path)}, line {number}: {problem}")
    if problem := _incomplete(found):
        raise HintsError(f"{shown(path)}, at the end: {problem}")
    return {exercise: [hint.strip() for hint in hints] for exercise, hints in found.items()}


def _incomplete(found):
    """What is wrong where the last exercise so far has another number of hints; or None."""
    exercise, hints = list(found.items())[-1] if found else (None, [None] * COUNT)
    return None if len(hints) == COUNT else f"{exercise} has {len(hints)} hints, and needs {COUNT}"
