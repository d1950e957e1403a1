"""Every exercise: its stub says TODO, the key is right, mistakes are caught, other answers pass.

Each answer is put into the student tree alone, or with the key's answers to what its check says
that it rests on; so a check that leaned on yet another exercise would show itself.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from exercises import needs_of, outcomes_in

from cs231n.course.cells import check_cells
from cs231n.course.status.runner import SEVERITY
from instructor.answers import answers_below, collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.edits import MISTAKES, mistakes_of

STUBS = find_stubs(TREE)
KEYS = answers_below(SOLUTIONS, STUBS)
WRONG = [
    mistake
    for path in sorted(MISTAKES.glob("*.toml"))
    for mistake in mistakes_of(path, STUBS).values()
]
ALTERNATIVES = sorted((TREE / "instructor/alternatives").glob("*/*.py"))
RULES = {"sgd_momentum", "rmsprop", "adam"}
NETS = {"TwoLayerNet", "FullyConnectedNet", "ThreeLayerConvNet"}
SOFTMAX = {each for each in STUBS if each.startswith("softmax_loss")} | {f"{n}.loss" for n in NETS}
TAKE_NO_ARRAY = {"conv_output_size", "conv_num_params"} | {f"{net}.__init__" for net in NETS}


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def verdict(exercise, answers, folder):
    """What `status` says of an exercise where only its answer and its needs' are filled in.

    What the answers leave open of the needs, the key answers.
    """
    needs = needs_of(exercise, maybe=True)
    given = collect(answers, STUBS, [exercise, *needs])
    return status_of(exercise, collect([SOLUTIONS], STUBS, needs) | given, folder)


def status_of(exercise, answers, folder):
    """What `status` says of an exercise in a tree where only these answers are filled in.

    Where several notebooks check it: the first of the worst that it says. So an exercise is done if
    it is done in all of them, and wrong if it is wrong in any.
    """
    assemble(answers, folder / "tree")
    outcomes = outcomes_in(folder / "tree", exercise)
    assert {outcome["id"] for outcome in outcomes} == {exercise}
    return max(outcomes, key=lambda outcome: SEVERITY.index(outcome["status"]))


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


@pytest.mark.parametrize("exercise", sorted(STUBS.keys() - TAKE_NO_ARRAY))
def test_a_stub_says_that_it_leaves_what_it_is_given(exercise):
    said = ast.get_docstring(STUBS[exercise].node)
    assert (
        "w and dw stay as" if exercise in RULES else "The arrays given stay as they are."
    ) in said
    assert ("up to 600 apart" in said) == (exercise in SOFTMAX)


def test_untouched_stubs_are_todo(tree):
    command = [sys.executable, "-m", "cs231n", "status", "--json"]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True)
    for outcome in json.loads(run.stdout)["exercises"]:
        assert outcome["status"] == "todo", outcome
        waits = [f"waits for {need}" for need in needs_of(outcome["id"])]
        assert outcome["message"] in ["not written yet", *waits], outcome
        assert (tree / outcome["file"]).is_file()


@pytest.mark.parametrize("exercise", STUBS)
def test_the_keys_answer_is_right_alone(exercise, tmp_path):
    outcome = verdict(exercise, [SOLUTIONS], tmp_path)
    assert outcome["status"] == "done", outcome["message"]


@pytest.mark.parametrize("path", ALTERNATIVES, ids=name_of)
def test_another_right_answer_is_accepted(path, tmp_path):
    outcome = verdict(path.parent.name, [path], tmp_path)
    assert outcome["status"] == "done", outcome["message"]


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_rejected_and_named(mistake, tmp_path):
    answer = tmp_path / "answer.py"
    answer.write_text(mistake.answer(KEYS[mistake.exercise]), encoding="utf-8")
    outcome = verdict(mistake.exercise, [answer], tmp_path)
    assert outcome["status"] == "wrong", outcome["message"]
    assert mistake.says in outcome["message"].replace("\n", " ")


@pytest.mark.parametrize("exercise", STUBS)
def test_an_answer_waits_for_each_exercise_that_its_check_rests_on(exercise, tmp_path):
    needs = needs_of(exercise)
    for need in needs:
        answers = {each: KEYS[each] for each in (exercise, *needs) if each != need}
        outcome = status_of(exercise, answers, tmp_path / need)
        assert (outcome["status"], outcome["message"]) == ("todo", f"waits for {need}")


@pytest.mark.parametrize("exercise", STUBS)
def test_there_are_enough_mistakes_and_alternatives(exercise):
    assert sum(mistake.exercise == exercise for mistake in WRONG) >= 5
    assert sum(path.parent.name == exercise for path in ALTERNATIVES) >= 2


def test_no_stray_file():
    assert {path.suffix for path in MISTAKES.iterdir()} == {".toml"}
    assert {path.parent.name for path in ALTERNATIVES} <= set(STUBS)
