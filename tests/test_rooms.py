"""The house has rooms, and imports run one way."""

import ast

import pytest

from instructor.assemble import TREE

PACKAGE = TREE / "cs231n"
# What the field knows by name, and the exercises.
TOP = {
    "__init__.py", "__main__.py", "checks.py", "classifiers", "course", "data_utils.py",
    "fast_layers", "features.py", "gates.py", "get_datasets.py", "gradient_check.py",
    "im2col.py", "initialization.py", "layer_utils.py", "layers", "optim.py", "optimization.py",
    "preprocessing.py", "solver.py", "tuning.py", "vis_utils.py", "warmup.py",
}  # fmt: skip
ROOMS = {
    "batteries", "cells.py", "checking", "data", "demos", "desk", "fetching", "handin", "lazy.py",
    "paths.py", "pictures", "source.py", "status", "threads.py", "training", "__init__.py",
}  # fmt: skip
# What exercises and given code may use of the course's own rooms.
OPEN = ("data", "fetching", "lazy", "paths", "pictures", "threads", "training")
FACE = ("checks.py", "__main__.py")


def imported(path):
    """The modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def files(folder):
    return sorted((PACKAGE / folder).rglob("*.py"))


def breaks(paths, forbidden):
    """(file, module) of each import that begins with one of the forbidden names."""
    return [
        (path.relative_to(PACKAGE).as_posix(), module)
        for path in paths
        for module in imported(path)
        if module.startswith(forbidden)
    ]


def test_the_top_shows_exercises_and_the_names_of_the_field():
    assert {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"} == TOP
    rooms = {path.name for path in (PACKAGE / "course").iterdir() if path.name != "__pycache__"}
    assert rooms == ROOMS


def test_exercises_and_given_code_know_little_of_the_course():
    paths = [p for p in files("") if "course" not in p.parts and p.name not in FACE]
    found = breaks(paths, "cs231n.course.")
    assert [(f, module) for f, module in found if module.split(".")[2] not in OPEN] == []


@pytest.mark.parametrize("room", ["status", "desk", "demos", "batteries.layers"])
def test_checking_stands_below(room):
    assert breaks(files("course/checking"), f"cs231n.course.{room}") == []


def test_batteries_take_the_exercises_and_import_none():
    forbidden = (
        "cs231n.layers", "cs231n.classifiers", "cs231n.optim", "cs231n.gates", "cs231n.layer_utils",
        "cs231n.initialization", "cs231n.preprocessing", "cs231n.tuning",
    )  # fmt: skip
    assert breaks(files("course/batteries"), forbidden) == []
    assert breaks(files("course/checking"), forbidden) == []


@pytest.mark.parametrize("room", ["data", "fetching", "training", "pictures"])
def test_rooms_that_given_code_uses_know_nothing_of_checks(room):
    forbidden = ("cs231n.checks", "cs231n.course.checking", "cs231n.course.status")
    assert breaks(files(f"course/{room}"), forbidden) == []


def test_the_solver_knows_no_classifier():
    assert breaks([PACKAGE / "solver.py"], "cs231n.classifiers") == []
