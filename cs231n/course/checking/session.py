"""Which exercise is being checked: fingerprints are looked up among its own mistakes."""

import contextlib
from contextvars import ContextVar

_exercise = ContextVar("exercise", default=None)


def exercise():
    """The id of the exercise that is being checked, or None."""
    return _exercise.get()


@contextlib.contextmanager
def checking(exercise_id):
    """In the block, checks are those of this exercise."""
    token = _exercise.set(exercise_id)
    try:
        yield
    finally:
        _exercise.reset(token)


def begin(exercise_id):
    """From here on checks are those of this exercise: for a notebook, where a cell is no block."""
    _exercise.set(exercise_id)
