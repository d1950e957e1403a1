"""Whether numbers are the expected ones; where not, CheckFailed with the likely cause.

Nothing here prints: `cs231n.checks` and the harness of the batteries say what was compared.
"""

import numpy as np

from cs231n.course.checking import fingerprints, session
from cs231n.course.checking.diagnosis import Context, find_cause, shape_cause
from cs231n.course.checking.failures import NONE, CheckFailed, Evidence
from cs231n.course.checking.numbers import at, number, worst
from cs231n.gradient_check import gradient_and_smoothness, relative_errors


def compare(name, got, expected, *, rtol=1e-6, atol=1e-8, parts=None, counts=None):
    """Raises CheckFailed unless `got` has the shape of `expected` and its values.

    An entry agrees when |got - expected| <= atol + rtol * |expected|. Any numeric type is accepted
    that holds the values. What helps to tell why an answer is wrong, beside its fingerprint:

    - parts: {name: array}, terms of the expected value that may have been left out or doubled,
      such as {"the regularisation": reg * np.sum(W * W)};
    - counts: {name: number}, such as {"N": 5}, by which a sum and a mean differ.

    Of texts, such as names in their order, each must be equal.

    Returns `got` as an array.
    """
    expected = np.asarray(expected)
    if expected.dtype.kind == "U":
        return _same_texts(name, got, expected)
    got = as_numbers(name, got, expected)
    context = Context(rtol, atol, parts or {}, counts or {})
    if got.shape != expected.shape:
        raise failed(
            f"{name} has the wrong shape.",
            [f"got {got.shape}, expected {expected.shape}"],
            lambda: shape_cause(got, expected, context),
            Evidence(name, got),
        )
    _require_finite(name, got, expected)
    wrong = ~context.close(got, expected)
    if wrong.any():
        raise _disagreement(name, got, expected, wrong, context)
    return got


def _same_texts(name, got, expected):
    """`got` as an array, or CheckFailed unless it holds the same texts in the same order."""
    if got is None:
        raise _is_none(name, expected)
    texts = [str(each) for each in got] if isinstance(got, list | tuple) else [str(got)]
    if texts != expected.tolist():
        told = ", ".join(texts) or "nothing"
        details = [f"got {told}", f"expected {', '.join(expected)}"]
        raise failed(f"{name} is wrong.", details, lambda: None, Evidence(f"{name}: {told}"))
    return np.array(texts)


def compare_gradient(
    name, grad, f, x, *, value, dout=1.0, h=1e-5, rtol=1e-5, floor=1e-4, parts=None, counts=None
):
    """Raises CheckFailed unless `grad` is the numerical gradient of sum(f(x) * dout) at x.

    See check_gradient. Returns (grad as an array, the largest relative error).
    """
    x = np.array(x, dtype=np.float64)
    grad = as_numbers(name, grad, x)
    context = Context(rtol, rtol * floor, parts or {}, counts or {})
    if grad.shape != x.shape:
        raise failed(
            f"{name} has the wrong shape.",
            [f"got {grad.shape}, expected {x.shape}: a gradient has its variable's shape"],
            lambda: shape_cause(grad, x, context),
            Evidence(name, grad),
        )
    _require_forward(name, f(x.copy()), value)
    _require_finite(name, grad, x)
    numerical, smooth = gradient_and_smoothness(f, x, dout, h)
    if grad[smooth].any() and not numerical[smooth].any():
        raise CheckFailed(
            f"{name} cannot be checked: the forward value does not change with its input.",
            cause="the function gives the same value wherever this input is moved to",
        )
    if smooth.mean() < 0.5:
        raise ValueError(f"{name}: more than half of the points of this check lie at a kink")
    if not grad[smooth].any() and np.abs(numerical[smooth]).max() > floor:
        raise failed(
            f"{name} is zero everywhere.",
            [worst(grad, numerical, np.abs(grad - numerical))],
            lambda: "is it written into the array that is returned, and multiplied by no zero?",
            Evidence(name, grad),
        )
    error = np.where(smooth, relative_errors(grad, numerical, floor), 0.0)
    if error.max() > rtol:
        reference = np.where(smooth, numerical, grad)
        raise _disagreement(name, grad, reference, error > rtol, context)
    return grad, error.max()


def failed(verdict, details, cause, evidence):
    """A CheckFailed whose cause is the known mistake with these numbers, or else cause()."""
    known = fingerprints.sentence(session.exercise(), evidence)
    return CheckFailed(verdict, details, known, guess=cause(), evidence=evidence)


def as_numbers(name, got, expected):
    """`got` as a numeric array, or CheckFailed."""
    if got is None:
        raise _is_none(name, expected)
    try:
        array = np.asarray(got)
    except ValueError:  # a ragged list
        array = np.asarray(None)
    several = isinstance(got, tuple) and array.shape != expected.shape
    if several or array.dtype.kind not in "buif":
        kind = f"{type(got).__name__} of dtype {array.dtype}"
        raise failed(
            f"{name} is not an array of real numbers.",
            [f"got {kind}, expected {_kind(expected)}"],
            lambda: _type_cause(got, array),
            Evidence(f"{name} is {kind}"),
        )
    return array


def _is_none(name, expected):
    """The failure of an answer that is None."""
    return failed(
        f"{name} is None.",
        [f"expected {_kind(expected)}"],
        lambda: NONE,
        Evidence(f"{name} is None"),
    )


def agreement(got, expected):
    """'4 × 5 values agree, largest difference 2.2e-16', '137' for a single one, or the texts."""
    if expected.dtype.kind == "U":
        return ", ".join(got)
    if expected.ndim == 0:
        return number(got[()])
    gap = float(np.max(np.abs(got.astype(float) - expected), initial=0.0))
    exactly = f"largest difference {gap:.1e}" if gap else "exactly"
    return f"{values_agree(expected)}, {exactly}"


def values_agree(array):
    shape = " × ".join(map(str, array.shape)) or "1"
    return f"{shape} {'value agrees' if array.size == 1 else 'values agree'}"


def _type_cause(got, array):
    if isinstance(got, tuple):
        return "a tuple, where one value is asked for"
    if isinstance(got, str):
        return "it is a text: a dict that is unpacked gives its keys, where its values are meant"
    if array.dtype.kind == "c":
        return "complex numbers: is there a power or a root of a negative one?"
    if array.dtype.kind == "U":
        return "text, where numbers are meant"
    if array.ndim and None in array:
        return "None is among the entries"
    if isinstance(got, list | tuple):
        return "lists of unequal length, or something else than numbers among the entries"
    return None


def _kind(expected):
    if expected.dtype.kind == "U":
        return f"a list of {len(expected)} texts"
    return f"an array of shape {expected.shape}" if expected.ndim else "a number"


def _require_finite(name, got, expected):
    bad = ~np.isfinite(got) & np.isfinite(expected)
    if not bad.any():
        return
    index = tuple(np.argwhere(bad)[0])
    kind = "NaN" if np.isnan(got[index]) else "inf"
    causes = {
        "NaN": "0/0, inf/inf (an exponential that overflows), inf - inf, or the root or logarithm "
        "of a negative number",
        "inf": "an exponential too large, the logarithm of 0, a division by 0, or numbers that "
        "grow at each step",
    }
    raise failed(
        f"{name} is {kind} in {bad.sum()} of {bad.size} {'entry' if bad.size == 1 else 'entries'}.",
        [f"first{at(index)}: got {got[index]}, expected {number(expected[index])}"],
        lambda: f"{kind} comes from {causes[kind]}",
        Evidence(name, got),
    )


def _require_forward(name, got, value):
    """A gradient is only worth comparing where the function itself is right, and not zero."""
    value = np.asarray(value)
    if not np.any(value):
        raise ValueError(f"{name}: the pinned forward value of a gradient check must not be zero")
    got = as_numbers(f"The function behind {name}", got, value)
    if got.dtype in (np.float16, np.float32):
        raise CheckFailed(
            f"{name} cannot be checked: the forward value is {got.dtype}.",
            cause="an array inside the function is made with a type of its own: float64 that goes "
            "in must come out as float64",
        )
    if got.shape != value.shape or not np.allclose(got, value, rtol=1e-6, atol=1e-8):
        details = [f"shapes: got {got.shape}, expected {value.shape}"]
        if got.shape == value.shape:
            details = [worst(got, value, np.abs(got - value))]
        raise failed(
            f"{name} cannot be checked: the forward value is wrong.",
            details,
            lambda: "is the function right, and does it leave all that it is given as it is?",
            Evidence(f"{name}, forward", got),
        )


def _disagreement(name, got, expected, wrong, context):
    entries = "" if wrong.ndim == 0 else f" in {wrong.sum()} of {wrong.size} entries"
    gap = np.where(wrong, np.abs(got.astype(float) - expected), -1.0)
    details = [worst(got, expected, gap)]
    if wrong.ndim:
        details.append(f"the shape is right: {got.shape}")
    return failed(
        f"{name} is wrong{entries}.",
        details,
        lambda: find_cause(got, expected, wrong, context),
        Evidence(name, got, expected),
    )
