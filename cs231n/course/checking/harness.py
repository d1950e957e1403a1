"""Runs the battery of an exercise on an answer."""

import contextlib
import io
import warnings
from unittest.mock import patch

import numpy as np
from tqdm import tqdm

from cs231n.course.checking import session
from cs231n.course.checking.battery import answer_to, batteries_of, battery_of, exercise_of
from cs231n.course.checking.copies import fresh
from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.telling import TODO
from cs231n.course.checking.trial import Trial

SEED = 20_231_107  # none that an answer is likely to seed with, which then would not show
_bar = tqdm.__init__
_last = {}  # the inputs of the case that failed last


def run_battery(function, given=None, stage=""):
    """Tries the further cases of the exercise that `function` answers; returns how many.

    given: {id: function}, other exercises to take in place of those beside it. Numpy's random
    stream is left as it was. Raises CheckFailed, and NotImplementedError where a stub is met, or
    a stage that has not been begun.
    """
    exercise, module = exercise_of(function)
    battery = battery_of(exercise, module, stage)
    trial = Trial(battery, function, given or {})
    try:
        with session.checking(exercise), _quiet():
            _require_begun(trial)
            battery.run(trial)
            trial.settle()
            trial.replay()
    except CheckFailed as failure:
        if trial.case and not failure.again:
            with contextlib.suppress(CheckFailed):  # a cache that cannot be made
                _last.clear()
                _last.update(trial.case.make(None))
                failure.again = trial.case.told(exercise)
        raise
    return len(trial.done)


def run_batteries(exercise):
    """Tries the further cases of all stages of an exercise, as the package holds it."""
    return sum(run_battery(answer_to(each), stage=each.stage) for each in batteries_of(exercise))


def require_begun(function, stage):
    """Raises NotImplementedError where an exercise has nothing of a stage yet."""
    exercise, module = exercise_of(function)
    with _quiet():
        _require_begun(Trial(battery_of(exercise, module, stage), function, {}))


def _require_begun(trial):
    missing = trial.battery.begun(trial)
    if missing:
        raise NotImplementedError(f"{TODO}{missing}")


def wrong_need(exercise):
    """The failure of an exercise that this one rests on, as a CheckFailed, or None.

    Of several the first: the others may be wrong because of it.
    """
    for need in needs_of(exercise):
        try:
            run_batteries(need)
        except CheckFailed as failure:
            title = f"This rests on {need}, which is wrong. Mend that first:"
            return CheckFailed(title, [failure.verdict, *failure.details], failure.cause)
        except NotImplementedError:
            continue
    return None


def needs_of(exercise):
    """The ids of the exercises that an exercise rests on, or may use, each once."""
    needs = [need for each in batteries_of(exercise) for need in (*each.needs, *each.maybe)]
    return list(dict.fromkeys(needs))


def last_case():
    """The inputs of the case that failed last, by name: a dict. Empty where none has failed."""
    return fresh(_last)


def _hidden(bar, *args, **settings):
    """Makes a progress bar that nobody sees, in a notebook either."""
    _bar(bar, *args, **{**settings, "disable": True})


@contextlib.contextmanager
def _quiet():
    """No prints, bars and warnings of the answer; numpy's random stream as it was, afterwards."""
    state = np.random.get_state()
    np.random.seed(SEED)
    silent = contextlib.redirect_stdout(io.StringIO())
    try:
        with warnings.catch_warnings(), silent, patch.object(tqdm, "__init__", _hidden):
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(state)
