"""A known mistake is recognised by its numbers, and nothing else is taken for it."""

import json

import numpy as np
import pytest

from cs231n.checks import CheckFailed, check_close
from cs231n.course.checking import fingerprints, session, telling
from cs231n.course.checking.failures import Evidence
from cs231n.course.checking.fingerprints import fingerprint, matches, sentence

WRONG = np.array([[1.0, 2.5, -3.0], [0.5, 4.0, 7.0]])
OTHER = WRONG * [1, 1, 2]


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table with two mistakes, and both of them at once."""
    prints = {}
    for numbers, made in [(WRONG, [0]), (OTHER, [1]), (WRONG + OTHER, [0, 1])]:
        key, projections = fingerprint(Evidence("dx", numbers))
        prints.setdefault(key, []).append([projections, made])
    says = ["dout is missing", "the sum runs along the wrong axis"]
    (tmp_path / "an_exercise.json").write_text(json.dumps({"says": says, "prints": prints}))
    monkeypatch.setattr(fingerprints, "FOLDER", tmp_path)
    fingerprints.load.cache_clear()
    yield
    fingerprints.load.cache_clear()


def told(where, got, exercise="an_exercise"):
    return sentence(exercise, Evidence(where, np.array(got)))


def test_the_same_numbers_are_recognised_but_for_rounding(table):
    assert told("dx", WRONG) == "dout is missing"
    assert told("dx", WRONG * (1 + 1e-12)) == "dout is missing"
    assert told("dx", OTHER) == "the sum runs along the wrong axis"


def test_whole_numbers_are_recognised_in_any_type(table):
    """Labels may be integers in one answer, and floats in another."""
    whole = np.array([[1, 2, 3], [4, 5, 6]])
    key, projections = fingerprint(Evidence("labels", whole))
    fingerprints.load("an_exercise")["prints"][key] = [[projections, [0]]]
    assert told("labels", whole.astype(float)) == "dout is missing"
    assert told("labels", whole.astype(np.uint8)) == "dout is missing"


def test_two_mistakes_are_named_as_two(table):
    expected = "two things: dout is missing; and the sum runs along the wrong axis"
    assert told("dx", WRONG + OTHER) == expected


@pytest.mark.parametrize(
    ("where", "got"),
    [
        ("dw", WRONG),
        ("dx", WRONG + 1e-3),
        ("dx", WRONG.T),
        ("dx", WRONG[:, [1, 0, 2]]),
        ("dx", -WRONG),
        ("dx", np.zeros((2, 3))),
        ("dx", np.full((2, 3), np.nan)),
    ],
)
def test_other_places_and_other_numbers_are_not(table, where, got):
    assert told(where, got) is None


def test_another_exercises_mistakes_are_not_looked_at(table):
    assert told("dx", WRONG, "another_exercise") is None
    assert sentence(None, Evidence("dx", WRONG)) is None


def test_float32_is_given_the_room_that_it_needs(table, tmp_path):
    key, projections = fingerprint(Evidence("dx", WRONG.astype(np.float32)))
    again = fingerprint(Evidence("dx", (WRONG * (1 + 1e-6)).astype(np.float32)))[1]
    assert matches(projections, again, Evidence("dx", WRONG.astype(np.float32)))
    assert "single" in key


def test_a_failing_check_says_the_sentence(table):
    with session.checking("an_exercise"), pytest.raises(CheckFailed) as caught:
        check_close("dx", WRONG, np.zeros((2, 3)))
    assert "Likely cause: dout is missing" in str(caught.value)


def test_an_address_in_a_message_does_not_count():
    first, second = (Evidence(f"got <object at 0x{n}>") for n in ("7f01", "7f02"))
    assert fingerprint(first) == fingerprint(second)


def test_an_error_that_ended_the_cell_is_recognised_after_the_cell(tmp_path, monkeypatch):
    error = AttributeError("'Net' object has no attribute 'reg'")
    key, projections = fingerprint(Evidence(f"AttributeError: {error}"))
    table = {"says": ["reg is not kept"], "prints": {key: [[projections, [0]]]}}
    (tmp_path / "an_exercise.json").write_text(json.dumps(table))
    monkeypatch.setattr(fingerprints, "FOLDER", tmp_path)
    fingerprints.load.cache_clear()
    assert "Likely cause: reg is not kept" in str(telling.told(error, "an_exercise"))
    fingerprints.load.cache_clear()
