"""Trees that several tests look at: the student's, and the solved one."""

from pathlib import Path

import pytest

from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble


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
