"""Why an array differs from its reference, as far as the numbers themselves tell.

A sentence states what can be read off: a factor, an order, a place. What may have led to it is
asked where hardly anything else does, and not claimed; the usual slips have sentences of their own
(fingerprints). Small examples agree by chance in many ways: a cause that needs many different
numbers to show is not looked for among few. `instructor/guesses.py` says of which known mistakes a
sentence is true.

A cause is a function (got, expected, context) -> sentence or None. CAUSES holds them in the order
in which they are tried, the most telling first.
"""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Context:
    """What a check knows besides the two arrays. See check_close for parts and counts."""

    rtol: float = 1e-6
    atol: float = 1e-8
    parts: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)

    def close(self, a, b):
        """Where a agrees with the reference b. float32 answers get the room that float32 needs."""
        rtol, atol = self.rtol, self.atol
        if np.asarray(a).dtype == np.float32:
            size = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
            rtol, atol = max(rtol, 1e-5), max(atol, 1e-6 * size)
        return np.isclose(a, b, rtol=rtol, atol=atol)

    def same(self, a, b):
        """True where a agrees with the reference b in shape and in every entry."""
        return np.shape(a) == np.shape(b) and bool(self.close(a, b).all())


def find_cause(got, expected, wrong, context):
    """The first cause that fits, or None. `wrong` is a mask of the entries that disagree."""
    got = got.astype(int) if got.dtype == bool else got
    for cause in CAUSES:
        sentence = cause(got, expected, context)
        if sentence:
            return sentence
    return where_wrong(wrong)


def shape_cause(got, expected, context):
    """What the shape tells, or None."""
    if got.ndim == 0 and expected.size > 1:
        return "a single number, where an array is meant"
    if got.ndim == 2 and got.shape == expected.shape[::-1]:
        if context.same(got.T, expected):
            return "rows and columns are exchanged (transposed)"
        return "the two lengths are exchanged"
    if got.size == expected.size and np.squeeze(got).shape == np.squeeze(expected).shape:
        if got.ndim == expected.ndim:
            return "an axis of length 1 stands at another place"
        many = "many" if got.ndim > expected.ndim else "few"
        return f"an axis of length 1 too {many}: see keepdims, reshape and indexing"
    if _without_an_axis(expected.shape, got.shape):
        axes = _without_an_axis(expected.shape, got.shape)
        which = f"axis {axes[0]} (length {expected.shape[axes[0]]})"
        return f"{which if len(axes) == 1 else 'an axis'} is missing"
    if _without_an_axis(got.shape, expected.shape) and expected.ndim:
        return "one axis too many: is a sum, mean or argmax over it missing?"
    if got.ndim == expected.ndim == 1:
        return _length_cause(len(got), len(expected))
    if got.ndim == expected.ndim == 4 and got.shape[:2] == expected.shape[:2]:
        return _picture_size_cause(got.shape[2:], expected.shape[2:])
    return None


def _without_an_axis(longer, shorter):
    """The axes of the longer shape without which it is the shorter one."""
    return [axis for axis in range(len(longer)) if longer[:axis] + longer[axis + 1 :] == shorter]


def _picture_size_cause(got, expected):
    """What another height or width of pictures (N, C, H, W) tells."""
    more = [g - e for g, e in zip(got, expected, strict=True)]
    if 0 in got:
        return "nothing is left: is there a slice such as [pad:-pad], empty where pad is 0?"
    if got == expected[::-1]:
        return "height and width are exchanged"
    if 0 in more:
        return f"only the {'width' if more[0] == 0 else 'height'} is wrong"
    if more[0] == more[1] and abs(more[0]) == 1:
        return f"one row and one column too {'many' if more[0] > 0 else 'few'}"
    if more[0] == more[1] and more[0] > 0 and more[0] % 2 == 0:
        return f"{more[0]} rows and columns too many: is the padding still there?"
    if more[0] == more[1] and more[0] < 0 and more[0] % 2 == 0:
        return f"{-more[0]} rows and columns too few"
    steps = [(g - 1) / (e - 1) for g, e in zip(got, expected, strict=True) if e > 1]
    if len(steps) == 2 and steps[0] == steps[1] and steps[0] > 1:
        return f"{steps[0]:g} times as many steps of the window: are the sizes divided by stride?"
    return None


def _length_cause(got, expected):
    """What another length of a list tells."""
    if abs(got - expected) == 1:
        return f"one entry too {'few' if got < expected else 'many'}"
    if expected and got and got % expected == 0:
        return f"{got // expected} times as many entries as there ought to be"
    return None


def all_zero(got, expected, context):
    if not got.any() and np.any(expected) and got.size > 1:
        return "every entry is zero"
    return None


def cut_to_integers(got, expected, context):
    if got.dtype.kind not in "iu" or expected.dtype.kind != "f" or not got.any():
        return None
    for name in ("trunc", "floor", "rint"):
        if np.array_equal(got, getattr(np, name)(expected)):
            return f"wrong dtype: an array of {got.dtype} holds nothing behind the point"
    return None


def part_missing_or_doubled(got, expected, context):
    for name, part in context.parts.items():
        if not np.any(part):
            continue
        for factor, verdict in PART_VERDICTS.items():
            if context.same(got, expected + factor * np.asarray(part)):
                return f"{name} {verdict}"
        for count_name, count in context.counts.items():
            if context.same(got, expected + (1 / count - 1) * np.asarray(part)):
                return f"{name} is divided by {count_name}"
            if context.same(got, expected + (count - 1) * np.asarray(part)):
                return f"{name} is {count_name} = {count} times too large: not divided by it?"
    return None


PART_VERDICTS = {
    -1.0: "is missing",
    1.0: "is counted twice",
    -0.5: "has half its size",
    -2.0: "has the wrong sign",
}


def constant_factor(got, expected, context):
    factor = _common_factor(got, expected, context)
    if factor is None:
        return None
    if np.isclose(factor, -1):
        return "every entry has the wrong sign (factor -1)"
    for name, count in context.counts.items():
        if np.isclose(factor, count) and count != 1:
            return f"every entry is {name} = {count} times too large: a sum where a mean is meant?"
        if np.isclose(factor, 1 / count) and count != 1:
            return f"every entry is {name} = {count} times too small: divided by {name} too often?"
    # A single number is always some factor away, and a factor of 1.00001 is noise: no cause.
    if _different(expected) < 2 or f"{factor:.4g}" == "1":
        return None
    return f"every entry is off by the same factor {factor:.4g}"


def _common_factor(got, expected, context):
    """The r with got = r * expected everywhere, or None."""
    at = np.unravel_index(np.argmax(np.abs(expected)), expected.shape)
    if expected.size == 0 or expected[at] == 0 or got[at] == 0:
        return None
    factor = got[at] / expected[at]
    return factor if context.same(got, factor * expected) else None


def _different(numbers):
    """How many different numbers there are, zero and signs aside."""
    return len(np.unique(np.abs(numbers[numbers != 0])))


def squared_or_rooted(got, expected, context):
    if _different(expected) < 3:
        return None
    if context.same(got, expected**2):
        return "every entry is the square of what is expected: is a square root missing?"
    if np.all(expected >= 0) and context.same(got, np.sqrt(expected)):
        return "every entry is the square root of what is expected: is there a root too many?"
    return None


def constant_offset(got, expected, context):
    if got.size < 2 or np.ptp(expected) == 0:
        return None
    offset = (got - expected).flat[0]
    if offset and context.same(got, expected + offset):
        return f"every entry is too {'large' if offset > 0 else 'small'} by {abs(offset):.4g}"
    return None


def transposed(got, expected, context):
    if got.ndim == 2 and _different(expected) > 2 and context.same(got, expected.T):
        return "rows and columns are exchanged (transposed)"
    return None


def flipped(got, expected, context):
    for axis, length in enumerate(expected.shape):
        slices = np.moveaxis(expected, axis, 0).reshape(length, -1)
        if length < 3 or len(np.unique(slices, axis=0)) < length:
            continue
        if context.same(got, np.flip(expected, axis)):
            return f"the order along axis {axis} is reversed (flipped)"
    return None


def reordered(got, expected, context):
    rows_differ = got.ndim > 1 and len(np.unique(_rows(expected), axis=0)) == len(expected) > 2
    if rows_differ and context.same(_sorted_rows(got), _sorted_rows(expected)):
        return "the right rows in another order"
    # A few labels, or a few shares, are soon the same in another order.
    if len(np.unique(expected)) < max(8, 0.75 * expected.size):
        return None
    if context.same(np.sort(got, axis=None), np.sort(expected, axis=None)):
        return "the right values in another order"
    return None


def _rows(array):
    return array.reshape(len(array), -1)


def _sorted_rows(array):
    rows = _rows(array)
    return rows[np.lexsort(rows.T[::-1])]


def always_the_same(got, expected, context):
    if got.size > 2 and np.ptp(got) == 0 and np.ptp(expected) > 0:
        return f"every entry is {got.flat[0]:.4g}"
    return None


def repeated_row(got, expected, context):
    if (
        got.ndim < 2
        or len(got) < 3  # two rows are easily the same for another reason
        or context.same(expected, np.broadcast_to(expected[0], expected.shape))
    ):
        return None
    if context.same(got, np.broadcast_to(got[0], got.shape)):
        return "all rows are the same"
    return None


def nearly_right(got, expected, context):
    size = np.max(np.abs(expected), initial=0.0)
    gap = np.max(np.abs(got - expected), initial=0.0)
    if expected.dtype.kind != "f" or not 0 < gap < 1e-4 * size:
        return None
    return f"only the first {int(-np.log10(gap / size))} digits are right"


CAUSES = (
    all_zero,
    part_missing_or_doubled,
    constant_factor,
    squared_or_rooted,
    constant_offset,
    transposed,
    flipped,
    always_the_same,
    repeated_row,
    reordered,
    cut_to_integers,
    nearly_right,
)


def where_wrong(wrong):
    """Which region holds all the wrong entries, where that tells something. Or None."""
    # Of a few numbers, which ones are wrong says nothing.
    if wrong.ndim == 0 or wrong.all() or wrong.size < (6 if wrong.ndim == 1 else 4):
        return None
    if _only_border(wrong):
        return "only the border of the image is wrong: how do padding and the outer windows count?"
    if wrong.ndim == 2 and wrong.shape[0] == wrong.shape[1] and (wrong == np.eye(len(wrong))).all():
        return "only the diagonal is wrong"
    for axis, length in enumerate(wrong.shape):
        others = tuple(a for a in range(wrong.ndim) if a != axis)
        hit = np.flatnonzero(wrong.any(axis=others))
        # Of two rows, that one is right says as little.
        if len(hit) < length > 2 and wrong.take(hit, axis=axis).mean() > 0.5:
            return _which_slices(axis, length, hit, wrong.ndim)
    return None


def _only_border(wrong):
    if wrong.ndim != 4 or min(wrong.shape[2:]) < 3:
        return False
    border = np.ones(wrong.shape[2:], dtype=bool)
    border[1:-1, 1:-1] = False
    return not wrong[..., ~border].any() and bool(wrong[..., border].mean() > 0.5)


def _which_slices(axis, length, hit, ndim):
    count = f"{len(hit)} " if len(hit) > 1 else ""
    verb = "are" if len(hit) > 1 else "is"
    if len(hit) == 1 and 0 < hit[0] < length - 1:
        return f"only index {hit[0]} of axis {axis} is wrong" if ndim > 1 else None
    if hit[0] + len(hit) == length:
        return f"only the last {count}of {length} along axis {axis} {verb} wrong"
    # Where most are wrong, those that are right may be so by chance.
    if hit[-1] == len(hit) - 1 and 2 * len(hit) <= length:
        return f"only the first {count}of {length} along axis {axis} {verb} wrong"
    return None
