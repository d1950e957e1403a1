"""Numerical gradients, given code: what a gradient worked out by hand is compared with.

The slope of f at x along a direction d comes from the values of f on both sides,

    (f(x + h d) - f(x - h d)) / (2 h),

whose error shrinks as h squared, where that of a one-sided difference shrinks as h
(https://cs231n.github.io/neural-networks-3/#gradcheck).

eval_numerical_gradient        every entry, of a function that returns a number
eval_numerical_gradient_array  every entry, of a function that returns an array
grad_check_sparse              a few entries, as a table
grad_check_projection          all entries at once, along a few random directions
rel_error                      how far apart two arrays are

In all of them x is a float64 array that is moved in place, and is exactly as before when they
return or raise. So f may use its argument or read x where it lives: with x = model.params["W1"],
`lambda _: model.loss(X, y)[0]` is good for f.
"""

import contextlib
from typing import NamedTuple

import numpy as np


def eval_numerical_gradient(f, x, verbose=False, h=1e-5):
    """The gradient of f at x, entry by entry, from two values of f each.

    f: function of x, returns a number. x: float64 array. verbose: print each entry. Returns an
    array of x's shape.

    Raises TypeError where x is no float64 array or f returns no number, ValueError where x is
    read-only or f is NaN or infinite.
    """
    gradient = np.zeros(np.shape(x))
    with _probe(f, x, h) as probe:
        for index in np.ndindex(x.shape):
            gradient[index] = _mean(probe.sides(index))
            if verbose:
                print(f"{_label(index)}: {gradient[index]:.6g}")
    return gradient


def eval_numerical_gradient_array(f, x, df, h=1e-5):
    """The gradient of sum(f(x) * df) with respect to x: df, taken back through f.

    f: function of x, returns an array. x: float64 array. df: the upstream gradient, of f(x)'s
    shape. Returns an array of x's shape.

    Raises ValueError where df has another shape, and as eval_numerical_gradient.
    """
    gradient = np.zeros(np.shape(x))
    with _probe(f, x, h, df) as probe:
        for index in np.ndindex(x.shape):
            gradient[index] = _mean(probe.sides(index))
    return gradient


def gradient_and_smoothness(f, x, dout, h):
    """As eval_numerical_gradient_array, and where it can be trusted.

    dout: an array of f(x)'s shape, or a number for all of it. Returns two arrays of x's shape,
    floats and booleans; False stands for a kink.
    """
    gradient = np.zeros(np.shape(x))
    smooth = np.ones(np.shape(x), dtype=bool)
    with _probe(f, x, h, dout) as probe:
        for index in np.ndindex(x.shape):
            slope = probe.slope(index)
            gradient[index], smooth[index] = slope.mean, slope.smooth
    return gradient, smooth


def grad_check_sparse(f, x, analytic_grad, num_checks=10, h=1e-5, seed=0, floor=1e-4):
    """Prints a table of analytic_grad and numerical gradient at num_checks entries of x.

    f: function of x, returns a number. x, analytic_grad: arrays of one shape, x float64.
    The entries are drawn with `seed`, none twice; all are taken where x has no more of them.
    An entry where f has a kink, with one slope to the left and another to the right, has no
    gradient: the table says so and the result leaves it out.

    Returns the largest relative error, |a - n| / max(|a|, |n|, floor). Raises ValueError where
    analytic_grad has another shape or is not finite, or every entry drawn lies at a kink, and as
    eval_numerical_gradient.
    """
    analytic = _as_gradient(analytic_grad, x, num_checks)
    drawn = np.random.RandomState(seed).permutation(analytic.size)[:num_checks]
    with _probe(f, x, h) as probe:
        indices = [np.unravel_index(i, x.shape) for i in np.sort(drawn)]
        slopes = [probe.slope(index) for index in indices]
    values = np.array([analytic[index] for index in indices])
    return _report("index", [_label(index) for index in indices], values, slopes, floor)


def grad_check_projection(f, x, analytic_grad, num_checks=3, h=1e-5, seed=0, floor=1e-4):
    """Prints a table of the slopes of f along num_checks random directions d, drawn with `seed`.

    The analytic slope is sum(analytic_grad * d): one number in place of a million, in which every
    entry takes part, for two values of f. (The idea is that of autograd's test_util.) Arguments,
    kinks, result and errors as for grad_check_sparse; h is the length of the step.
    """
    analytic = _as_gradient(analytic_grad, x, num_checks)
    rng = np.random.RandomState(seed)
    values, slopes = [], []
    with _probe(f, x, h) as probe:
        for _ in range(num_checks):
            direction = _direction(rng, x.shape)
            values.append(np.sum(analytic * direction))
            slopes.append(probe.slope(..., direction))
    return _report("direction", [str(i) for i in range(num_checks)], values, slopes, floor)


def relative_errors(analytic, numerical, floor):
    """|a - n| / max(|a|, |n|, floor), entry by entry.

    `floor` keeps gradients that are no larger than rounding from looking wrong.
    """
    scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numerical)), floor)
    return np.abs(analytic - numerical) / scale


def rel_error(x, y):
    """The largest |x - y| / max(1e-8, |x| + |y|) of two arrays or numbers of one shape.

    Raises ValueError where the shapes differ.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.shape != y.shape:
        raise ValueError(f"two arrays of one shape are compared, not {x.shape} and {y.shape}")
    errors = np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))
    return float(np.max(errors, initial=0.0))


class _Slope(NamedTuple):
    """The slopes of a function to the left and to the right, and whether they are one."""

    left: float
    right: float
    smooth: bool

    @property
    def mean(self):
        return _mean((self.left, self.right))


@contextlib.contextmanager
def _probe(f, x, h, dout=None):
    """A _Probe of sum(f(x) * dout), or of the number f(x) for dout None; restores x at the end."""
    _require_point(x, h)
    start = x.copy()
    try:
        yield _Probe(f, x, start, h, dout)
    finally:
        x[...] = start


class _Probe:
    """The slopes of sum(f(x) * dout), by moving x in place and calling f."""

    def __init__(self, f, x, start, h, dout):
        self.f, self.x, self.start, self.h = f, x, start, h
        self.middle = _as_values(f(x), "at x")
        self.dout = _as_dout(dout, self.middle)
        # How far off a sum of values may be, each of them rounded in a thousand operations. Small
        # values may be what larger ones, of about 1, leave when they cancel.
        size = max(1.0, np.sum(np.abs(self.middle * self.dout)))
        self.noise = 1e3 * np.finfo(float).eps * size

    def slope(self, part, direction=1.0):
        """The slope along `direction` of x[part], a _Slope."""
        left, right = self.sides(part, direction)
        gap = right - left
        smooth = abs(gap) <= 1e-4 * max(abs(left), abs(right)) + self.noise / self.h
        return _Slope(left, right, smooth or self._bends(gap, part, direction))

    def sides(self, part, direction=1.0, step=1.0):
        """The slopes to the left and to the right, from steps `step` times as long as usual."""
        # Along a direction of many entries, h is the length of the whole step.
        t = step * self.h / np.linalg.norm(direction)
        # A slope of -0 becomes one of 0.
        return tuple(self._change(part, direction, side) / side + 0.0 for side in (-t, t))

    def _bends(self, gap, part, direction):
        """Whether the gap between the slopes is that of a curve, and no kink's.

        With shorter steps a curve's gap shrinks as they do. At a kink it stays. With a kink beside
        x it ends early: it can look like a curve's at one step length, but not at two.
        """
        for step in (0.5, 0.25):
            left, right = self.sides(part, direction, step)
            allowed = 0.1 * abs(gap) + self.noise / (step * self.h)
            if abs((right - left) - step * gap) > allowed:
                return False
        return True

    def _change(self, part, direction, t):
        """How much sum(f(x) * dout) grows where x[part] moves by t * direction."""
        self.x[...] = self.start  # all of it, in case f wrote into x
        self.x[part] += t * direction
        where = "along a random direction" if part is ... else f"at {_label(part)}"
        values = _as_values(self.f(self.x), f"where x is moved by {t:.1e} {where}")
        # Values that do not depend on x[part] cancel before their rounding can add up.
        return float(np.sum((values - self.middle) * self.dout))


def _require_point(x, h):
    if not isinstance(x, np.ndarray):
        raise TypeError(f"x is no array but a {type(x).__name__}: np.array(x, dtype=np.float64)")
    if x.dtype != np.float64:
        raise TypeError(
            f"x is {x.dtype}, which cannot hold a step as small as h: give x, and the model it "
            "belongs to, as np.float64"
        )
    if not x.flags.writeable:
        raise ValueError("x is read-only, and is moved in place to see how f changes: x.copy()")
    if not (np.isfinite(h) and h > 0):
        raise ValueError(f"h must be a small positive number, not {h}")


def _as_values(got, place):
    """What f returned, as float64 and never a view of x, or an error that says what is wrong."""
    if got is None or isinstance(got, tuple):
        kind = "None" if got is None else "a tuple"
        raise TypeError(
            f"f must return numbers, not {kind}. Of a function that returns (loss, gradient) take "
            "the loss: f = lambda W: function(W, …)[0]"
        )
    values = np.asarray(got)
    if values.dtype.kind not in "buif" or values.dtype in (np.float16, np.float32):
        raise TypeError(
            f"f returns {values.dtype}, and differences need the digits of float64: is an array "
            "inside f made as another type?"
        )
    values = values.astype(np.float64)
    if not np.isfinite(values).all():
        kind = "NaN" if np.isnan(values).any() else "infinite"
        raise ValueError(f"f is {kind} {place}, where a slope needs finite values")
    return values


def _as_dout(dout, values):
    """What the values of f are multiplied by before they are added up."""
    if dout is None and values.size != 1:
        raise TypeError(
            f"f must return one number, not an array of shape {values.shape}: for that there is "
            "eval_numerical_gradient_array"
        )
    dout = np.asarray(1.0 if dout is None else dout, dtype=np.float64)
    if dout.ndim and dout.shape != values.shape:
        raise ValueError(f"the upstream gradient is {dout.shape}, but f(x) is {values.shape}")
    return dout


def _as_gradient(analytic_grad, x, num_checks):
    """analytic_grad as an array that can be compared with x's numerical gradient."""
    if num_checks < 1:
        raise ValueError(f"num_checks must be 1 or more, not {num_checks}")
    if analytic_grad is None:
        raise TypeError("analytic_grad is None: does the function return its gradient?")
    analytic = np.asarray(analytic_grad, dtype=np.float64)
    if analytic.shape != np.shape(x):
        raise ValueError(
            f"analytic_grad is {analytic.shape}, but x is {np.shape(x)}: a gradient has its "
            "variable's shape"
        )
    if analytic.size == 0:
        raise ValueError("x is empty: there is no entry to check")
    if not np.isfinite(analytic).all():
        index = np.argwhere(~np.isfinite(analytic))[0]
        raise ValueError(f"analytic_grad is {analytic[tuple(index)]} at {_label(index)}")
    return analytic


def _direction(rng, shape):
    """Random numbers between 0.5 and 1.5, with random signs.

    None is near 0, so that an error in any single entry shows, and no two are alike, so that two
    errors hardly ever cancel.
    """
    numbers = 2 * rng.random_sample(shape) - 1
    return numbers + np.copysign(0.5, numbers)


def _report(header, labels, analytic, slopes, floor):
    """Prints the table and returns its largest relative error, kinks left out."""
    numerical = np.array([slope.mean for slope in slopes])
    errors = relative_errors(np.array(analytic), numerical, floor)
    width = max(len(text) for text in [header, *labels])
    print(f"{header:<{width}}  {'analytic':>13}  {'numerical':>13}  {'relative error':>14}")
    for label, a, slope, error in zip(labels, analytic, slopes, errors, strict=True):
        verdict = f"{error:>14.1e}" if slope.smooth else _kink(slope)
        print(f"{label:<{width}}  {a:>13.6g}  {slope.mean:>13.6g}  {verdict}")
    compared = errors[[slope.smooth for slope in slopes]]
    if compared.size == 0:
        raise ValueError("nothing was compared, all lies at kinks: try another x or a smaller h")
    left_out = len(slopes) - compared.size
    print(
        f"largest relative error {compared.max():.1e}"
        + (f", {left_out} of {len(slopes)} left out" if left_out else "")
    )
    return float(compared.max())


def _kink(slope):
    return f"left out: a kink, slope {slope.left:.6g} to the left, {slope.right:.6g} to the right"


def _mean(sides):
    return sum(sides) / 2


def _label(index):
    return str([int(i) for i in index])
