"""What a check cell calls: it prints one line when an answer is right, and raises when it is not.

check_close       agrees with a reference
check_gradient    agrees with a numerical gradient
check_accuracy    lies in a believable range
check_that        is so, in a word
unpack            returned as many values as were asked for
check_no_loop     runs no Python loop over what grows
check_memory      makes no array that is far too large
inputs_unchanged  leaves its arguments alone
"""

import contextlib
import sys
import tracemalloc

import numpy as np

from cs231n.course.checking.diagnosis import Context, find_cause, shape_cause
from cs231n.course.desk.panel import panel
from cs231n.gradient_check import numerical_gradient, relative_errors

CAUSE = "Likely cause: "
DIGITS = (4, 8, 17)  # of a number in a message: as many as tell two numbers apart


class CheckFailed(AssertionError):
    """An answer disagrees with its reference. The text says where, by how much, and why."""

    def __init__(self, verdict, details=(), cause=None):
        self.verdict = verdict
        self.details = list(details) + ([f"{CAUSE}{cause}"] if cause else [])
        super().__init__("\n".join([verdict, *self.details]))

    def _render_traceback_(self):
        """What IPython shows in place of a traceback."""
        return panel("wrong", f"✗ {self.verdict}", self.details)


def check_close(
    name, got, expected, *, rtol=1e-6, atol=1e-8, parts=None, counts=None, mistakes=None
):
    """Checks that `got` has the shape of `expected` and its values, to a tolerance.

    An entry agrees when |got - expected| <= atol + rtol * |expected|. Any numeric type is
    accepted that holds the values. What helps to tell why an answer is wrong:

    - parts: {name: array}, terms of the expected value that may have been left out or doubled,
      such as {"the regularisation": reg * np.sum(W * W)};
    - counts: {name: number}, such as {"N": 5}, by which a sum and a mean differ;
    - mistakes: {cause: array}, the values that a known mistake leads to.

    Raises CheckFailed.
    """
    expected = np.asarray(expected)
    got = _as_array(name, got, expected)
    context = Context(rtol, atol, parts or {}, counts or {}, mistakes or {})
    if got.shape != expected.shape:
        raise CheckFailed(
            f"{name} has the wrong shape.",
            [f"got {got.shape}, expected {expected.shape}"],
            shape_cause(got, expected, context),
        )
    _reject_not_finite(name, got, expected)
    wrong = ~context.close(got, expected)
    if wrong.any():
        raise _disagreement(name, got, expected, wrong, context)
    print(f"✓ {name}: {_agreement(got, expected)}")


def check_gradient(
    name, grad, f, x, *, value, dout=1.0, h=1e-5, rtol=1e-5, floor=1e-4, parts=None, counts=None,
    mistakes=None,
):  # fmt: skip
    """Checks `grad` against the numerical gradient of sum(f(x) * dout) with respect to x.

    f: function of x, returns a number or an array of dout's shape.
    x: float64 array, the point; it is handed to f with one entry moved by h, both ways.
    value: what f(x) must be, so that a gradient is never compared for a wrong function.
    The error of an entry is |a - n| / max(|a|, |n|, floor). Entries where the slopes to the left
    and to the right differ (a kink, as relu's at 0) are left out. parts, counts, mistakes: as for
    check_close. Raises CheckFailed.
    """
    x = np.array(x, dtype=np.float64)
    grad = _as_array(name, grad, x)
    context = Context(rtol, rtol * floor, parts or {}, counts or {}, mistakes or {})
    if grad.shape != x.shape:
        raise CheckFailed(
            f"{name} has the wrong shape.",
            [f"got {grad.shape}, expected {x.shape}: a gradient has its variable's shape"],
            shape_cause(grad, x, context),
        )
    _require_forward(name, f(x.copy()), value)
    _reject_not_finite(name, grad, x)
    numerical, smooth = numerical_gradient(f, x, dout, h)
    if grad[smooth].any() and not numerical[smooth].any():
        raise CheckFailed(
            f"{name} cannot be checked: the forward value does not change with its input.",
            cause="the function returns the same value whatever it is given",
        )
    if smooth.mean() < 0.5:
        raise ValueError(f"{name}: more than half of the points of this check lie at a kink")
    if not grad[smooth].any() and np.abs(numerical[smooth]).max() > floor:
        raise CheckFailed(
            f"{name} is zero everywhere.",
            [_worst(grad, numerical, np.abs(grad - numerical))],
            "the gradient was never written into the result, or was multiplied by zero",
        )
    error = np.where(smooth, relative_errors(grad, numerical, floor), 0.0)
    if error.max() > rtol:
        reference = np.where(smooth, numerical, grad)
        raise _disagreement(name, grad, reference, error > rtol, context)
    print(
        f"✓ {name}: {_values_agree(grad)} with the numerical gradient, "
        f"largest relative error {error.max():.1e}"
    )


def check_accuracy(name, got, low, high):
    """Checks that low <= got <= high, fractions of 1; above `high` is too good to be true.

    Raises CheckFailed.
    """
    got = float(_as_array(name, got, np.asarray(low)))
    if not low <= got <= high:
        raise CheckFailed(
            f"{name} is {got:.3f}, expected {low:.2f} to {high:.2f}.",
            cause=_accuracy_cause(got, low),
        )
    print(f"✓ {name}: {got:.3f}, within {low:.2f} to {high:.2f}")


def unpack(names, result):
    """The values that an answer returned, as a tuple; names says which, such as "loss, dW".

    Raises CheckFailed where they are not as many.
    """
    count = len(names.split(","))
    if isinstance(result, tuple | list) and len(result) == count:
        return result
    got = f"{len(result)} values" if isinstance(result, tuple) else type(result).__name__
    cause = "the function returned None: does every path end in `return …`?"
    raise CheckFailed(
        f"({names}) was not returned.",
        [f"got {got}, expected {count} values"],
        cause if result is None else f"it must end in `return {names}`",
    )


def check_that(claim, holds, cause):
    """Checks a claim that is true or false; `cause` says what is likely where it is false.

    Raises CheckFailed.
    """
    if not holds:
        raise CheckFailed(f"It is not so that {claim}.", cause=cause)
    print(f"✓ {claim}")


def check_no_loop(name, call, small, large):
    """Checks that call(large) runs as many lines of Python as call(small).

    So it has no loop, comprehension or map over what is larger. Raises CheckFailed.
    """
    few, many = (_lines_run(lambda size=size: call(size)) for size in (small, large))
    if many > few:
        raise CheckFailed(
            f"{name} loops in Python.",
            [f"{few} lines of Python ran for size {small}, {many} for size {large}"],
            "a loop, a comprehension or a call per row, where one array expression can serve",
        )
    print(f"✓ {name}: no Python loop")


def _lines_run(call):
    """How many lines of Python (not of compiled code) a call runs."""
    lines = 0

    def trace(_frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines


def check_memory(name, call, megabytes):
    """Checks that the arrays alive at once during call() take at most so many megabytes.

    Raises CheckFailed.
    """
    tracemalloc.start()
    try:
        call()
        peak = tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    if peak > megabytes:
        raise CheckFailed(
            f"{name} takes {peak:.3g} MB of memory, expected at most {megabytes:g} MB.",
            cause="a temporary array far larger than inputs and result, such as one with an axis "
            "too many, made by broadcasting",
        )
    print(f"✓ {name}: {peak:.2g} MB of memory at most")


@contextlib.contextmanager
def inputs_unchanged(**inputs):
    """Checks that the block leaves the named arrays as they are. Raises CheckFailed."""
    before = {name: array.copy() for name, array in inputs.items()}
    yield
    for name, array in inputs.items():
        if array.shape != before[name].shape:
            raise CheckFailed(
                f"The input {name} was modified.",
                [f"its shape is now {array.shape}, was {before[name].shape}"],
                f"{name}.shape = … or {name}.resize(…), where {name}.reshape(…) is meant",
            )
        if not np.array_equal(array, before[name], equal_nan=array.dtype.kind in "fc"):
            raise CheckFailed(
                f"The input {name} was modified.",
                [_worst(array, before[name], array != before[name], "is now", "was")],
                "an operation in place (x -= …, x[…] = …, out=…) on an argument or a view of it",
            )


def _as_array(name, got, expected):
    """`got` as a numeric array, or CheckFailed."""
    if got is None:
        raise CheckFailed(
            f"{name} is None.",
            [f"expected {_describe_kind(expected)}"],
            "the function returned None: does every path end in `return …`?",
        )
    try:
        array = np.asarray(got)
    except ValueError:  # a ragged list
        array = np.asarray(None)
    several = isinstance(got, tuple) and array.shape != expected.shape
    if several or array.dtype.kind not in "buif":
        kind = f"{type(got).__name__} of dtype {array.dtype}"
        raise CheckFailed(
            f"{name} is not an array of real numbers.",
            [f"got {kind}, expected {_describe_kind(expected)}"],
            _type_cause(got, array),
        )
    return array


def _type_cause(got, array):
    if isinstance(got, tuple):
        return "wrong type: perhaps several values were returned where one was asked for"
    if array.dtype.kind == "c":
        return "wrong dtype: complex numbers, perhaps a power of a negative number"
    return "wrong dtype: perhaps lists of unequal length, or None among the entries"


def _describe_kind(expected):
    return f"an array of shape {expected.shape}" if expected.ndim else "a number"


def _reject_not_finite(name, got, expected):
    bad = ~np.isfinite(got) & np.isfinite(expected)
    if not bad.any():
        return
    index = tuple(np.argwhere(bad)[0])
    kind = "NaN" if np.isnan(got[index]) else "inf"
    causes = {
        "NaN": "0/0, inf/inf (an exponential that overflows), inf - inf, or the root or logarithm "
        "of a negative number",
        "inf": "an exponential too large, the logarithm of 0, or a division by 0",
    }
    raise CheckFailed(
        f"{name} is {kind} in {bad.sum()} of {bad.size} {'entry' if bad.size == 1 else 'entries'}.",
        [f"first{_at(index)}: got {got[index]}, expected {_number(expected[index])}"],
        f"{kind} comes from {causes[kind]}",
    )


def _require_forward(name, got, value):
    """A gradient is only worth comparing where the function itself is right, and not zero."""
    value = np.asarray(value)
    if not np.any(value):
        raise ValueError(f"{name}: the pinned forward value of a gradient check must not be zero")
    got = _as_array(f"The function behind {name}", got, value)
    if got.dtype in (np.float16, np.float32):
        raise CheckFailed(
            f"{name} cannot be checked: the forward value is {got.dtype}.",
            cause="an array inside the function is made with a type of its own: float64 that goes "
            "in must come out as float64",
        )
    if got.shape != value.shape or not np.allclose(got, value, rtol=1e-6, atol=1e-8):
        details = [f"shapes: got {got.shape}, expected {value.shape}"]
        if got.shape == value.shape:
            details = [_worst(got, value, np.abs(got - value))]
        raise CheckFailed(
            f"{name} cannot be checked: the forward value is wrong.",
            details,
            "the function itself, not its gradient",
        )


def _disagreement(name, got, expected, wrong, context):
    entries = "" if wrong.ndim == 0 else f" in {wrong.sum()} of {wrong.size} entries"
    gap = np.where(wrong, np.abs(got.astype(float) - expected), -1.0)
    details = [_worst(got, expected, gap)]
    if wrong.ndim:
        details.append(f"the shape is right: {got.shape}")
    return CheckFailed(
        f"{name} is wrong{entries}.", details, find_cause(got, expected, wrong, context)
    )


def _accuracy_cause(got, low):
    if np.isnan(got):
        return "a mean over no examples, or 0/0"
    if got > 1:
        return "a percentage or a count, where a fraction between 0 and 1 is expected"
    if got < low:
        return "the predictions: are labels and rows still matched? are features scaled alike?"
    return "too good to be true: were test examples among the training examples?"


def _worst(got, expected, gap, says="got", against="expected"):
    """'worst at [2, 3]: got 17, expected 4.123', where `gap` is largest."""
    index = np.unravel_index(np.argmax(gap), np.shape(gap))
    place = f"worst{_at(index)}: " if index else ""
    for digits in DIGITS:
        pair = _number(got[index], digits), _number(expected[index], digits)
        if pair[0] != pair[1]:
            break
    return f"{place}{says} {pair[0]}, {against} {pair[1]}"


def _at(index):
    return f" at [{', '.join(str(int(i)) for i in index)}]" if index else ""


def _number(value, digits=DIGITS[0]):
    return f"{value:d}" if np.asarray(value).dtype.kind in "iu" else f"{value:.{digits}g}"


def _agreement(got, expected):
    """'4 × 5 values agree, largest difference 2.2e-16', or '137' for a single one."""
    if expected.ndim == 0:
        return _number(got[()])
    gap = float(np.max(np.abs(got.astype(float) - expected), initial=0.0))
    exactly = f"largest difference {gap:.1e}" if gap else "exactly"
    return f"{_values_agree(expected)}, {exactly}"


def _values_agree(array):
    shape = " × ".join(map(str, array.shape)) or "1"
    return f"{shape} {'value agrees' if array.size == 1 else 'values agree'}"
