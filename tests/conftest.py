"""Trees that several tests look at: the student's, and the solved one."""

import importlib
import sys
from pathlib import Path

import pytest

from instructor.answers import answers_below, collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.edits import MISTAKES, mistakes_of


@pytest.fixture(scope="session")
def tree():
    """The student tree: this checkout. No test writes into it."""
    return TREE


@pytest.fixture(scope="session")
def solved(tmp_path_factory) -> Path:
    """A copy in which every exercise has the key's answer."""
    out = tmp_path_factory.mktemp("solved") / "tree"
    assemble(collect([SOLUTIONS], find_stubs(TREE)), out)
    return out


@pytest.fixture(scope="session")
def collect_mistake(tmp_path_factory):
    """Gives one of the known wrong answers, by exercise and slug, ready to be assembled."""
    stubs = find_stubs(TREE)
    keys = answers_below(SOLUTIONS, stubs)

    def collect_it(exercise, slug):
        mistake = mistakes_of(MISTAKES / f"{exercise}.toml", stubs)[slug]
        path = tmp_path_factory.mktemp("mistake") / "answer.py"
        path.write_text(mistake.answer(keys[exercise]), encoding="utf-8")
        return collect([path], stubs, [exercise])

    return collect_it


@pytest.fixture(scope="session")
def import_solved(solved):
    """Imports a module of the solved tree, beside the student's of the same name."""

    def import_it(name):
        students = _take_out_modules()
        sys.path.insert(0, str(solved))
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(str(solved))
            _take_out_modules()
            sys.modules.update(students)

    return import_it


def _take_out_modules():
    names = [name for name in sys.modules if name.split(".")[0] == "cs231n"]
    return {name: sys.modules.pop(name) for name in names}
