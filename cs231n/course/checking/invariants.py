"""What holds of any exercise, whatever it computes, tried on each call of each battery.

Arguments stay as they are; results have memory of their own, and the type of what went in; the same
call gives the same again; numpy's random stream is the caller's.
"""

import numpy as np

from cs231n.course.checking.case import floats_of, numbers_of, results_of, run
from cs231n.course.checking.comparing import compare, failed
from cs231n.course.checking.copies import arrays, changes, parts, same
from cs231n.course.checking.failures import Evidence
from cs231n.course.checking.numbers import described, worst

SINGLE = 1e-3  # what float32 is asked for, as a share of the largest number


def require_all(exercise, function, case):
    """Raises CheckFailed where the case, which was called once, breaks one of the rules."""
    _require_unchanged(case)
    _require_own_memory(case)
    _require_double(case)
    if not case.random:
        # The same objects once more: a cache or an object must not be spoilt by being used.
        spent = any(name in case.inputs for name in case.may_change)
        inputs = case.make(None) if spent else case.inputs
        require_same(exercise, function, case, inputs, "again")
    _require_free_stream(exercise, function, case)
    if case.single:
        _require_single(exercise, function, case)


def require_same(exercise, function, case, inputs, when):
    """Raises CheckFailed where the answer gives something else than in its first call."""
    results = results_of(exercise, function, case, inputs)
    require_kept(case)
    first = {path: copy for path, _, copy in case.kept}
    for name, kind in case.returns.items():
        for path, got in parts(results[name]) if kind != "anything" else []:
            was = first.get(f"{name}{path}")
            if not _nearly_same(was, got):
                raise failed(
                    f"{name}{path} is another when called {when} ({case.title}).",
                    [_told_change(was, got)],
                    lambda: (
                        "something is kept from call to call (in a default argument, in the "
                        "object, in a global, in the cache), or drawn at random"
                    ),
                    Evidence(f"{name}{path} {when} ({case.title})", _as_evidence(got)),
                )


def require_kept(case):
    """Raises CheckFailed where an array that came back has changed since."""
    for path, part, copy in case.kept:
        if isinstance(part, np.ndarray) and not same(part, copy):
            raise failed(
                f"{path} is changed by a later call ({case.title}).",
                [_told_change(copy, part)],
                lambda: (
                    "one array is kept and handed out again and again, or added to: each call "
                    "needs an array of its own"
                ),
                Evidence(f"{path} changed later ({case.title})", _as_evidence(part)),
            )


def stream():
    """Where numpy's random stream is."""
    _, key, position, *_ = np.random.get_state()
    return key.tobytes(), position


def _require_unchanged(case):
    before = case.make(None)
    for name, value in case.inputs.items():
        for path, was, now in changes(before[name], value):
            if not case.counts(name, path, was):
                continue
            raise failed(
                f"The input {name}{path} was modified ({case.title}).",
                [_told_change(was, now)],
                lambda: (
                    "an operation in place (-=, *=, x[…] = …, out=…) on what was given or a view "
                    "of it, or something in it replaced or taken out"
                ),
                Evidence(f"{name}{path} modified ({case.title})", _as_evidence(now)),
            )


def _require_own_memory(case):
    if case.may_share:
        return
    # An object may keep what it returns; what it was given, or had before, is not to be returned.
    before = {name: dict(parts(value)) for name, value in case.make(None).items()}
    given = [
        (f"{name}{path}", part)
        for name, value in case.inputs.items()
        for path, part in parts(value)
        if isinstance(part, np.ndarray) and path in before[name] and case.counts(name, path, part)
    ]
    for name, kind in case.returns.items():
        for got in arrays(case.results[name]) if kind != "anything" else []:
            for owner, array in given:
                if np.may_share_memory(got, array):
                    raise failed(
                        f"{name} shares its memory with {owner} ({case.title}).",
                        [],
                        lambda owner=owner: (
                            f"it is {owner} itself, or a view of it: who changes "
                            f"one later changes both; a copy is an array of its own"
                        ),
                        Evidence(f"{name} shares memory with {owner} ({case.title})", got),
                    )


def _require_double(case):
    # As they were: a call may leave arrays of float64 in a dict.
    types = [array.dtype for array in arrays(case.make(None))]
    if np.float64 not in types:
        return
    # Where both types go in, as into a net of float32, a number may have either.
    numbers = [] if np.float32 in types else numbers_of(case, case.results)
    for name, got in [*floats_of(case, case.results), *numbers]:
        if got.dtype != np.float64:
            raise failed(
                f"{name} is {got.dtype}, where float64 went in ({case.title}).",
                [],
                lambda: (
                    "something is made or cast with a type of its own: float64 that goes in "
                    "must come out as float64"
                ),
                Evidence(f"{name} type ({case.title})", got),
            )


def _require_single(exercise, function, case):
    results = results_of(exercise, function, case, case.make(np.float32))
    right = dict(floats_of(case, case.results))
    for name, got in floats_of(case, results):
        if got.dtype != np.float32:
            raise failed(
                f"{name} is {got.dtype}, where float32 went in ({case.title}).",
                [],
                lambda: (
                    "something inside is float64, such as np.zeros(n) or np.float64(…): "
                    "np.zeros_like(x) has x's type"
                ),
                Evidence(f"{name} type in float32 ({case.title})", got),
            )
        if not case.random:
            atol = SINGLE * float(np.max(np.abs(right[name]), initial=0.0))
            title = f"{name} in float32 ({case.title})"
            compare(title, got, right[name], rtol=SINGLE, atol=atol)


def _require_free_stream(exercise, function, case):
    """After two starts the random stream must be at two places."""
    if not case.draws or any(path.endswith("['seed']") for path, _ in parts(case.inputs)):
        return
    ends = []
    for seed in (1, 2):
        np.random.seed(seed)
        run(exercise, function, case.make(None), case.by_name)
        ends.append(stream())
    if ends[0] == ends[1]:
        raise failed(
            f"Numpy's random numbers are seeded inside ({case.title}).",
            [],
            lambda: (
                "np.random.seed(…) in the function: every caller would draw the same numbers "
                "from then on"
            ),
            Evidence(f"seeded inside ({case.title})"),
        )


def _nearly_same(was, got):
    """Equal but for rounding: where arrays lie in memory can change the last bits of a sum."""
    was, got = np.asarray(was), np.asarray(got)
    if was.shape != got.shape or was.dtype != got.dtype:
        return False
    if was.dtype.kind not in "fc":
        return bool(np.array_equal(was, got))
    size = np.max(np.abs(was), initial=0.0, where=np.isfinite(was))
    rtol = 1e-6 if was.dtype == np.float32 else 1e-10
    return bool(np.allclose(was, got, rtol=rtol, atol=rtol * size, equal_nan=True))


def _told_change(was, now):
    was, now = np.asarray(was), np.asarray(now)
    numeric = was.dtype.kind in "buif" and now.dtype.kind in "buif"
    if was.shape == now.shape and was.ndim and numeric:
        gap = np.abs(now.astype(float) - was.astype(float))
        return worst(now, was, np.nan_to_num(gap, nan=np.inf), "is now", "was")
    told = [described(a if a.ndim else a.item()) for a in (now, was)]
    return f"is now {told[0]}, was {told[1]}"


def _as_evidence(value):
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "buif" else None
