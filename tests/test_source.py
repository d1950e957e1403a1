"""Where a learner is sent to: the file and the line of an exercise."""

from pathlib import Path

from cs231n.course.source import locate
from instructor.answers import find_stubs
from instructor.assemble import TREE


def test_an_exercise_is_found_in_its_own_file_before_and_after_it_is_written():
    # Afterwards only its name is left to go by, so nothing else may have it.
    places = locate(TREE)
    for name, stub in find_stubs(TREE).items():
        assert places[name][0] == Path(stub.path).relative_to(TREE).as_posix()
