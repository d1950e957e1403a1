"""Every exercise: its stub says TODO, the key is right, mistakes are caught, other answers pass.

Each answer is put alone into the student tree, so a check that leaned on another exercise would
show itself.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cs231n.status.cells import check_cells
from instructor.answers import answers_below, collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

STUBS = find_stubs(TREE)
MISTAKES = sorted((TREE / "instructor/mistakes").glob("*/*.py"))
ALTERNATIVES = sorted((TREE / "instructor/alternatives").glob("*/*.py"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def verdict(exercise, answers, folder):
    """What `status` says of an exercise in a tree where only these answers are filled in."""
    assemble(collect(answers, STUBS, [exercise]), folder / "tree")
    command = [sys.executable, "-m", "cs231n", "status", "--json", exercise]
    run = subprocess.run(command, cwd=folder / "tree", capture_output=True, text=True, check=True)
    (outcome,) = json.loads(run.stdout)["exercises"]
    assert outcome["id"] == exercise
    return outcome


def test_every_stub_has_a_check_and_every_check_an_exercise():
    assert {cell.exercise for cell in check_cells(TREE)} == set(STUBS)


def test_every_exercise_of_a_notebook_is_checked_where_it_is_answered():
    keys = answers_below(SOLUTIONS, STUBS)
    assert set(keys) == set(STUBS)


@pytest.mark.parametrize("exercise", STUBS)
def test_a_stub_hints_and_raises(exercise):
    body = Path(STUBS[exercise].path).read_text(encoding="utf-8")
    pattern = rf'# TODO.*\n(\s*#.*\n)*\s*raise NotImplementedError\("TODO: {re.escape(exercise)}"\)'
    assert re.search(pattern, body)


def test_untouched_stubs_are_todo(tree):
    command = [sys.executable, "-m", "cs231n", "status", "--json"]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True)
    for outcome in json.loads(run.stdout)["exercises"]:
        assert outcome["status"] == "todo", outcome
        assert outcome["message"] == "not written yet"
        assert (tree / outcome["file"]).is_file()


@pytest.mark.parametrize("exercise", STUBS)
def test_the_keys_answer_is_right_alone(exercise, tmp_path):
    outcome = verdict(exercise, [SOLUTIONS], tmp_path)
    assert outcome["status"] == "done", outcome["message"]


@pytest.mark.parametrize("path", ALTERNATIVES, ids=name_of)
def test_another_right_answer_is_accepted(path, tmp_path):
    outcome = verdict(path.parent.name, [path], tmp_path)
    assert outcome["status"] == "done", outcome["message"]


@pytest.mark.parametrize("path", MISTAKES, ids=name_of)
def test_a_mistake_is_rejected_and_named(path, tmp_path):
    outcome = verdict(path.parent.name, [path], tmp_path)
    assert outcome["status"] == "wrong", outcome["message"]
    says = re.search(r'^Says: (.+?)"*$', path.read_text(encoding="utf-8"), re.MULTILINE)
    if says:
        assert says[1] in outcome["message"].replace("\n", " ")


@pytest.mark.parametrize("exercise", STUBS)
def test_there_are_enough_mistakes_and_alternatives(exercise):
    assert sum(path.parent.name == exercise for path in MISTAKES) >= 4
    assert sum(path.parent.name == exercise for path in ALTERNATIVES) >= 2


def test_no_stray_file():
    assert {path.parent.name for path in MISTAKES + ALTERNATIVES} <= set(STUBS)
