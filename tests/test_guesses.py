"""What the checks guess of a mistake that they do not know is told of no known one that it is false
of: `instructor/prove.py` tries it on each. Here, that the list of guesses is the checks' own."""

import re
from pathlib import Path

import pytest

from instructor.assemble import TREE
from instructor.guesses import TRUE_OF, is_false


def sources() -> str:
    rooms = ("checking", "batteries")
    paths = [path for room in rooms for path in Path(TREE / "cs231n/course" / room).rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    # A sentence may go on in the next line's string.
    return re.sub(r'"\s*f?"', "", text)


@pytest.mark.parametrize("words", TRUE_OF)
def test_a_guess_that_is_judged_is_one_that_a_check_makes(words):
    # A battery names the part of which it is then said that it is missing, or counted twice.
    assert words.removesuffix(" is") in sources()


@pytest.mark.parametrize(
    ("guess", "says", "false"),
    [
        ("every entry has the wrong sign (factor -1)", "the step goes uphill", False),
        ("every entry has the wrong sign (factor -1)", "the mean is taken twice", True),
        ("every entry is off by the same factor 2", "whatever it is", False),
        (None, "whatever it is", False),
    ],
)
def test_a_guess_is_false_where_it_speaks_of_something_else(guess, says, false):
    assert is_false(guess, says) == false
