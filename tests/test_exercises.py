"""Every exercise: its stub says TODO, the key is right, mistakes are caught and named, other right
answers pass.

Each answer is tried alone, or with the key's answers to what its battery says that it rests on; so
a check that leaned on yet another exercise would show itself.
"""

import json
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from cs231n.course.checking.fingerprints import FOLDER, load
from instructor.assemble import SOLUTIONS
from instructor.bench import Bench, worst
from instructor.edits import MISTAKES, definition_with, mistakes_of
from instructor.fingerprint import is_fresh
from instructor.prove import ALTERNATIVES, accepted, rejected

BENCH = Bench()
STUBS = BENCH.stubs
WRONG = {
    path.stem: list(mistakes_of(path, STUBS).values()) for path in sorted(MISTAKES.glob("*.toml"))
}
OTHERS = sorted(ALTERNATIVES.glob("*/*.py"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def pairs_of(exercise):
    """Some pairs of mistakes, those that show as two."""
    prints = load(exercise)["prints"].values()
    pairs = [made for known in prints for _, made in known if len(made) == 2]
    return islice(pairs, 0, None, max(1, len(pairs) // 3))


def test_every_stub_has_a_check_and_every_check_an_exercise():
    assert {cell.exercise for cell in BENCH.cells} == set(STUBS)


def test_every_exercise_is_answered_by_the_key():
    assert set(BENCH.keys) == set(STUBS)


@pytest.mark.parametrize("exercise", STUBS)
def test_every_exercise_has_a_battery_that_a_check_cell_runs(exercise):
    assert set(BENCH.needs(exercise)) <= set(STUBS)
    sources = [cell.source for cell in BENCH.cells if cell.exercise == exercise]
    assert any(f"check_further({exercise}" in source for source in sources)


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
        waits = [f"waits for {need}" for need in BENCH.needs(outcome["id"])]
        assert outcome["message"] in ["not written yet", *waits], outcome
        assert (tree / outcome["file"]).is_file()


@pytest.mark.parametrize("exercise", STUBS)
def test_the_keys_answer_is_right_alone(exercise):
    _, complaint, message = accepted(exercise, SOLUTIONS, BENCH)
    assert not complaint, message


@pytest.mark.parametrize("path", OTHERS, ids=name_of)
def test_another_right_answer_is_accepted(path):
    _, complaint, message = accepted(path.parent.name, path, BENCH)
    assert not complaint, message


@pytest.mark.parametrize("mistake", [each for made in WRONG.values() for each in made], ids=str)
def test_a_mistake_is_rejected_and_named(mistake):
    _, complaint, message = rejected(mistake, BENCH)
    assert not complaint, message


@pytest.mark.parametrize("exercise", STUBS)
def test_two_mistakes_at_once_are_named_as_two(exercise):
    for made in pairs_of(exercise):
        mistakes = [WRONG[exercise][number] for number in made]
        answer = definition_with(mistakes, BENCH.keys[exercise])
        # A page may show the first of the two alone, and the battery both.
        messages = [v.message for v in BENCH.alone(exercise, {exercise: answer})]
        says = [mistake.says for mistake in mistakes]
        assert any("two things: " in m and all(say in m for say in says) for m in messages), says


@pytest.mark.parametrize("exercise", STUBS)
def test_an_answer_waits_for_each_exercise_that_its_check_rests_on(exercise):
    needs = BENCH.battery(exercise).needs
    for missing in needs:
        answers = {each: BENCH.keys[each] for each in (exercise, *needs) if each != missing}
        verdict = worst(BENCH.verdicts(exercise, answers))
        assert (verdict.status, verdict.message) == ("todo", missing)


@pytest.mark.parametrize("exercise", STUBS)
def test_there_are_enough_mistakes_and_alternatives(exercise):
    assert len(WRONG[exercise]) >= 6
    assert sum(path.parent.name == exercise for path in OTHERS) >= 2


@pytest.mark.parametrize("exercise", STUBS)
def test_the_table_of_known_mistakes_is_fresh(exercise):
    assert is_fresh(exercise, BENCH), f"python -m instructor.fingerprint {exercise}"


def test_no_stray_file():
    assert {path.suffix for path in MISTAKES.iterdir()} == {".toml"}
    assert {path.parent.name for path in OTHERS} <= set(STUBS)
    assert {path.name for path in FOLDER.iterdir()} == {f"{each}.json" for each in STUBS}


def test_the_tables_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2e6
