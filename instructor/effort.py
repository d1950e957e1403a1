"""How long each exercise takes a learner, and how hard it is: `python -m instructor.effort`.

An estimate, from what is on file, and not a measurement of learners:

minutes    5 to read what is asked and the example, 1.5 for each point of the key's lines, and a
           quarter for each mistake that is known, since each is an error that somebody may look for
hardness   the points that are not plain, and a tenth for each known mistake: up to 5 is ★☆☆, up to
           12 is ★★☆, above is ★★★

A line of the key is a point when it is plain, two when it works on whole arrays (an axis, a matrix
product, a shape, a choice of entries), and three when it is a step of a gradient. Of an exercise
that later notebooks extend, the first stage takes half of the minutes, and the others share the
rest; each of them is half as hard as the whole.

A heading, which begins with the words Your turn, tells it of all that is checked below it:

    python -m instructor.effort            # writes the headings, and the start page's table
    python -m instructor.effort --check    # says which of them are not what they would be
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cs231n.course.cells import TAG
from cs231n.course.checking.battery import batteries_of
from cs231n.course.source import Definition
from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE
from instructor.edits import MISTAKES, mistakes_of

READING = 5.0  # minutes
PER_POINT, PER_MISTAKE = 1.5, 0.25  # minutes
PLAIN, ARRAYS, GRADIENT = 1, 2, 3  # points of a line
EASY, MEDIUM = 5.0, 12.0  # hardness up to which an exercise has one star, and two
WORDS = 150  # of a notebook's text that are read in a minute; there are formulas among them
ROUND = 5  # minutes

HEADING = re.compile(r"\*\*Your turn(?::\*\*|\*\* · [★☆]{3} · about \d+ min:)")
STAGE = re.compile(r"\bcheck_(?:begun|further)\(\s*([\w.]+)(?:,\s*\"(\w+)\")?")
ROW = re.compile(r"^(\| \[(\w+)\]\(\w+\.ipynb\) \|.*\| )[^|]*( \|[^|]*\|)$", re.MULTILINE)
START = "00_start_here"
NO_BREAK = "\N{NO-BREAK SPACE}"
UPSTREAM = {"dout", "upstream"}

# What works on whole arrays: these arguments, functions and operations.
ARGUMENTS = {"axis", "axes", "keepdims", "where"}
FUNCTIONS = {
    "argmax", "argmin", "argpartition", "argsort", "bincount", "concatenate", "einsum", "eigh",
    "indices", "lexsort", "moveaxis", "outer", "pad", "repeat", "reshape", "stack", "svd",
    "swapaxes", "take_along_axis", "tensordot", "transpose", "unique", "where",
}  # fmt: skip


@dataclass(frozen=True)
class Effort:
    """What an exercise, or several, take: minutes, not yet rounded, and hardness."""

    minutes: float
    hardness: float

    @property
    def stars(self) -> str:
        count = 1 + (self.hardness > EASY) + (self.hardness > MEDIUM)
        return "★" * count + "☆" * (3 - count)


def efforts(tree: Path = TREE) -> dict[str, Effort]:
    """The effort of each exercise, all of its stages together."""
    stubs = find_stubs(tree)
    return {
        exercise: effort(key, len(mistakes_of(MISTAKES / f"{exercise}.toml", stubs)))
        for exercise, key in answers_below(SOLUTIONS, stubs).items()
    }


def effort(key: Definition, num_mistakes: int) -> Effort:
    """What an exercise takes that has this answer and so many known mistakes."""
    points = [points_of(line, key) for line in _lines(key.body)]
    minutes = READING + PER_POINT * sum(points) + PER_MISTAKE * num_mistakes
    return Effort(minutes, sum(p for p in points if p > PLAIN) + num_mistakes / 10)


def points_of(line: ast.AST, key: Definition) -> int:
    """The points of one line of a key: a statement, or the head of a loop or a branch."""
    if _is_gradient(line, key):
        return GRADIENT
    return ARRAYS if any(map(_is_of_arrays, ast.walk(line))) else PLAIN


def headings(notebook: dict) -> Iterator[tuple[dict, set[tuple[str, str]]]]:
    """The text cells that hold a heading, each with the (exercise, stage) that are checked below.

    notebook: as it is read from its file.
    """
    current, below = None, set()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and HEADING.search("".join(cell["source"])):
            if current:
                yield current, below
            current, below = cell, set()
        below |= set(_checked(cell))
    if current:
        yield current, below


def heading(stages: set[tuple[str, str]], all_efforts: Mapping[str, Effort]) -> str:
    """How a heading above these (exercise, stage) begins."""
    parts = [part(*stage, all_efforts) for stage in stages]
    minutes = rounded(sum(each.minutes for each in parts))
    hardest = max(parts, key=lambda each: each.hardness)
    return f"**Your turn** · {hardest.stars} · about {minutes} min:"


def part(exercise: str, stage: str, all_efforts: Mapping[str, Effort]) -> Effort:
    """What one stage of an exercise takes; most exercises have only one."""
    whole, later = all_efforts[exercise], len(batteries_of(exercise)) - 1
    if not later:
        return whole
    return Effort(whole.minutes / 2 / (later if stage else 1), whole.hardness / 2)


def rounded(minutes: float) -> int:
    """To the next step of ROUND minutes, and at least one."""
    return max(1, round(minutes / ROUND)) * ROUND


def with_headings(notebook: dict, all_efforts: Mapping[str, Effort]) -> dict:
    """The notebook, each heading of which tells what its exercises take."""
    for cell, stages in headings(notebook):
        begins = heading(stages, all_efforts)
        cell["source"] = [HEADING.sub(begins, line) for line in cell["source"]]
    return notebook


def hours(notebook: dict, all_efforts: Mapping[str, Effort]) -> str:
    """How long a notebook takes, reading included: 'about 4 h'."""
    stages = {each for cell in notebook["cells"] for each in _checked(cell)}
    texts = ("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")
    writing = sum(part(*stage, all_efforts).minutes for stage in stages)
    minutes = writing + sum(len(text.split()) for text in texts) / WORDS
    halves = max(1, round(minutes / 30))
    return f"about {halves // 2 or ''}{'½' * (halves % 2)} h".replace(" ", NO_BREAK)


def rewritten(path: Path, all_efforts: Mapping[str, Effort]) -> str:
    """The text of a notebook's file as it should be."""
    notebook = with_headings(_read(path), all_efforts)
    if path.stem == START:
        times = {p.stem: hours(_read(p), all_efforts) for p in path.parent.glob("*.ipynb")}
        for cell in notebook["cells"]:
            cell["source"] = [ROW.sub(lambda m: _row(m, times), line) for line in cell["source"]]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m instructor.effort")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where one is stale")
    args = parser.parse_args(argv)
    all_efforts, stale = efforts(), []
    for path in sorted((TREE / "notebooks").glob("*.ipynb")):
        text = rewritten(path, all_efforts)
        if text != path.read_text(encoding="utf-8"):
            stale.append(path.stem)
            if not args.check:
                path.write_text(text, encoding="utf-8", newline="\n")
    print(", ".join(stale) or "nothing", "is stale" if args.check else "was written")
    return bool(stale and args.check)


def _read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _row(found: re.Match, times: Mapping[str, str]) -> str:
    return f"{found[1]}{times[found[2]]}{found[3]}"


def _checked(cell: dict) -> Iterator[tuple[str, str]]:
    """The (exercise, stage) that a cell checks."""
    for tag in cell["metadata"].get("tags", []):
        if tag.startswith(TAG):
            exercise = tag.removeprefix(TAG)
            found = STAGE.findall("".join(cell["source"]))
            stages = {stage for name, stage in found if name == exercise}
            yield from ((exercise, stage) for stage in stages or {""})


def _lines(statements: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements, and of those that hold others the head alone, and then the others."""
    for statement in statements:
        inner = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        if not any(inner):
            yield statement
            continue
        heads = [getattr(statement, name, None) for name in ("test", "iter")]
        yield next((head for head in heads if head), ast.Pass())
        for block in inner:
            yield from _lines(block)


def _is_gradient(line: ast.AST, key: Definition) -> bool:
    """Whether it is a step of a gradient.

    It sets `dx`, where there is an `x`, or an entry of `grads`; or it computes with `dout`.
    """
    read = {n.id for n in ast.walk(line) if isinstance(n, ast.Name)}
    if read & UPSTREAM and any(isinstance(n, ast.BinOp | ast.Call) for n in ast.walk(line)):
        return True
    targets = getattr(line, "targets", None) or [getattr(line, "target", None)]
    known = {n.id for n in ast.walk(key.node) if isinstance(n, ast.Name)}
    known |= {n.arg for n in ast.walk(key.node) if isinstance(n, ast.arg)}
    names = {n.id for t in targets if t for n in ast.walk(t) if isinstance(n, ast.Name)}
    return any(n.startswith("grad") or (n[0] == "d" and n[1:] in known) for n in names)


def _is_of_arrays(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in ARGUMENTS
    if isinstance(node, ast.Attribute):
        return node.attr in FUNCTIONS or node.attr == "T"
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.MatMult)
    # A choice of entries by several indices, by a range, or by a condition.
    return isinstance(node, ast.Subscript) and isinstance(
        node.slice, ast.Tuple | ast.Slice | ast.Compare
    )


if __name__ == "__main__":
    sys.exit(main())
