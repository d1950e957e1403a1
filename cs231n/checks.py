"""What a check cell calls: it prints one line when an answer is right, and raises when it is not.

check_close      agrees with reference values
check_gradient   agrees with a numerical gradient
check_accuracy   lies in a believable range
check_further    holds in further cases: other shapes, edge cases, types, memory
check_begun      to do, as a stub is, until what this notebook adds to it has been begun
last_case        the inputs of the case in which check_further failed last

Where a later notebook extends an exercise, it is checked by stages: each has a name and further
cases of its own, check_further(FullyConnectedNet.loss, "dropout"). An answer that does for one
notebook is not wrong in the next: it is to do there, and so check_begun(FullyConnectedNet.loss,
"dropout") stands first in a cell of that notebook.
"""

import numpy as np

from cs231n.course.checking.comparing import (
    agreement,
    as_numbers,
    compare,
    compare_gradient,
    values_agree,
)
from cs231n.course.checking.failures import CheckFailed
from cs231n.course.checking.harness import last_case, require_begun, run_battery

__all__ = [
    "CheckFailed",
    "check_accuracy",
    "check_begun",
    "check_close",
    "check_further",
    "check_gradient",
    "last_case",
]


def check_close(name, got, expected, *, rtol=1e-6, atol=1e-8, parts=None, counts=None):
    """Checks that `got` has the shape of `expected` and its values, to a tolerance.

    An entry agrees when |got - expected| <= atol + rtol * |expected|. Any numeric type is
    accepted that holds the values. Of texts, such as names in their order, each must be equal.
    What helps to tell why an answer is wrong:

    - parts: {name: array}, terms of the expected value that may have been left out or doubled,
      such as {"the regularisation": reg * np.sum(W * W)};
    - counts: {name: number}, such as {"N": 5}, by which a sum and a mean differ.

    Raises CheckFailed.
    """
    got = compare(name, got, expected, rtol=rtol, atol=atol, parts=parts, counts=counts)
    print(f"✓ {name}: {agreement(got, np.asarray(expected))}")


def check_gradient(
    name, grad, f, x, *, value, dout=1.0, h=1e-5, rtol=1e-5, floor=1e-4, parts=None, counts=None
):
    """Checks `grad` against the numerical gradient of sum(f(x) * dout) with respect to x.

    f: function of x, returns a number or an array of dout's shape.
    x: float64 array, the point; it is handed to f with one entry moved by h, both ways.
    value: what f(x) must be, so that a gradient is never compared for a wrong function.
    The error of an entry is |a - n| / max(|a|, |n|, floor). Entries where the slopes to the left
    and to the right differ (a kink, as relu's at 0) are left out. parts, counts: as for
    check_close. Raises CheckFailed.
    """
    grad, error = compare_gradient(
        name, grad, f, x,
        value=value, dout=dout, h=h, rtol=rtol, floor=floor, parts=parts, counts=counts,
    )  # fmt: skip
    agree = f"{values_agree(grad)} with the numerical gradient"
    print(f"✓ {name}: {agree}, largest relative error {error:.1e}")


def check_accuracy(name, got, low, high):
    """Checks that low <= got <= high, fractions of 1; above `high` is too good to be true.

    Raises CheckFailed.
    """
    got = float(as_numbers(name, got, np.asarray(low)))
    if not low <= got <= high:
        raise CheckFailed(
            f"{name} is {got:.3f}, expected {low:.2f} to {high:.2f}.",
            cause=_accuracy_cause(got, low),
        )
    print(f"✓ {name}: {got:.3f}, within {low:.2f} to {high:.2f}")


def check_further(function, stage="", **given):
    """Checks an exercise in further cases: those of its battery, in cs231n/course/batteries.

    function: the exercise, such as affine_forward, or KNearestNeighbor.predict_labels. stage: of
    an exercise that a later notebook extends, which part of it; the first has no name. given:
    other exercises that it rests on, to take in place of those beside it. Raises CheckFailed;
    last_case() then gives the inputs of the case that failed. Raises NotImplementedError where
    the stage has not been begun.
    """
    count = run_battery(function, given, stage)
    print(f"✓ {function.__qualname__}{stage and f', {stage}'}: {count} further cases")


def check_begun(function, stage):
    """Raises NotImplementedError where an exercise has nothing of this stage yet: it is to do.

    function, stage: as for check_further.
    """
    require_begun(function, stage)


def _accuracy_cause(got, low):
    if np.isnan(got):
        return "a mean over no examples, or 0/0"
    if got > 1:
        return "a percentage or a count, where a fraction between 0 and 1 is expected"
    if got < low:
        return "the predictions: are labels and rows still matched? are features scaled alike?"
    return "too good to be true: were test examples among the training examples?"
