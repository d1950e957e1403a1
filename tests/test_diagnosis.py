"""Each likely cause is named where it holds, and is not claimed where it does not."""

import numpy as np
import pytest

from cs231n.checks import CheckFailed, check_close

RANDOM = np.random.RandomState(0)
REFERENCE = RANDOM.uniform(1, 9, size=(4, 6))
IMAGES = RANDOM.uniform(1, 9, size=(2, 3, 5, 5))
PART = np.full((4, 6), 0.25) + RANDOM.uniform(size=(4, 6))


def changed(array, index, by=1.5):
    result = array.copy()
    result[index] += by * RANDOM.uniform(0.5, 1, size=result[index].shape)
    return result


def message(got, expected, **knowledge):
    with pytest.raises(CheckFailed) as failure:
        check_close("answer", got, expected, **knowledge)
    return str(failure.value)


SHAPES = {
    "transposed": (REFERENCE.T, REFERENCE, "transposed"),
    "axis of length 1": (REFERENCE[:, :1], REFERENCE[:, 0], "axis of length 1"),
    "axis of a single number": (REFERENCE[0, 0], REFERENCE[:1, :1], "axis of length 1"),
    "axis missing": (REFERENCE.sum(axis=1), REFERENCE, "axis 1 (length 6) is missing"),
    "axis too many": (REFERENCE, REFERENCE.sum(axis=1), "one axis too many"),
    "single number": (REFERENCE.sum(), REFERENCE, "a single number"),
    "one too few": (REFERENCE[0, :5], REFERENCE[0], "one entry too few"),
    "one too many": (np.ones(7), REFERENCE[0], "one entry too many"),
    "a shared list": (np.tile(REFERENCE[0], 2), REFERENCE[0], "2 times as many entries"),
    "pictures, nothing left": (IMAGES[..., 0:-0, 0:-0], IMAGES, "[pad:-pad], empty where pad is 0"),
    "pictures, sides exchanged": (IMAGES[..., :4], IMAGES[:, :, :4], "height and width are exch"),
    "pictures, too wide": (IMAGES, IMAGES[..., :4], "only the width is wrong"),
    "pictures, too high": (IMAGES, IMAGES[:, :, :4], "only the height is wrong"),
    "pictures, last window missed": (IMAGES[..., :4, :3], IMAGES[..., :4], "one row and one col"),
    "pictures, padding kept": (IMAGES, IMAGES[..., 1:-1, 1:-1], "2 rows and columns too many"),
    "pictures, padding forgotten": (IMAGES[..., 1:-1, 1:-1], IMAGES, "2 rows and columns too few"),
    "pictures, stride forgotten": (
        IMAGES[..., :3],
        IMAGES[..., ::2, :3:2],
        "2 times as many steps",
    ),
}
BORDER = changed(IMAGES, np.s_[:])
BORDER[..., 1:-1, 1:-1] = IMAGES[..., 1:-1, 1:-1]
SQUARE = REFERENCE[:4, :4]
VALUES = {
    "transposed": (SQUARE.T, SQUARE, {}, "transposed"),
    "all zero": (np.zeros((4, 6)), REFERENCE, {}, "every entry is zero"),
    "integers": (REFERENCE.astype(int), REFERENCE, {}, "wrong dtype"),
    "sign": (-REFERENCE, REFERENCE, {}, "wrong sign"),
    "factor 2": (2 * REFERENCE, REFERENCE, {}, "off by the same factor 2"),
    "factor 1/2": (REFERENCE / 2, REFERENCE, {}, "off by the same factor 0.5"),
    "any factor": (0.3 * REFERENCE, REFERENCE, {}, "the same factor 0.3"),
    "sum for mean": (5 * REFERENCE, REFERENCE, {"counts": {"N": 5}}, "N = 5 times too large"),
    "mean for sum": (REFERENCE / 5, REFERENCE, {"counts": {"N": 5}}, "N = 5 times too small"),
    "number, sum for mean": (15.0, 3.0, {"counts": {"N": 5}}, "a sum where a mean is meant"),
    "constant": (REFERENCE + 0.25, REFERENCE, {}, "too large by 0.25"),
    "square": (REFERENCE**2, REFERENCE, {}, "is a square root missing"),
    "root": (np.sqrt(REFERENCE), REFERENCE, {}, "is there a root too many"),
    "part missing": (
        REFERENCE - PART, REFERENCE, {"parts": {"the regularisation": PART}},
        "the regularisation is missing",
    ),
    "part twice": (
        REFERENCE + PART, REFERENCE, {"parts": {"the regularisation": PART}},
        "the regularisation is counted twice",
    ),
    "part halved": (
        REFERENCE - PART / 2, REFERENCE, {"parts": {"the regularisation": PART}},
        "the regularisation has half its size",
    ),
    "part subtracted": (
        REFERENCE - 2 * PART, REFERENCE, {"parts": {"the regularisation": PART}},
        "the regularisation has the wrong sign",
    ),
    "part divided": (
        REFERENCE - PART * 4 / 5, REFERENCE,
        {"parts": {"the regularisation": PART}, "counts": {"N": 5}},
        "the regularisation is divided by N",
    ),
    "part not divided": (
        REFERENCE + 4 * PART, REFERENCE,
        {"parts": {"the way through the mean": PART}, "counts": {"N": 5}},
        "the way through the mean is N = 5 times too large",
    ),
    "flipped rows": (REFERENCE[::-1], REFERENCE, {}, "axis 0 is reversed"),
    "flipped columns": (REFERENCE[:, ::-1], REFERENCE, {}, "axis 1 is reversed"),
    "flipped filters": (IMAGES[..., ::-1], IMAGES, {}, "axis 3 is reversed"),
    "rows exchanged": (REFERENCE[[1, 0, 3, 2]], REFERENCE, {}, "the right rows in another order"),
    "reshape amiss": (REFERENCE.T.reshape(4, 6), REFERENCE, {}, "right values in another order"),
    "one row everywhere": (np.tile(REFERENCE[3], (4, 1)), REFERENCE, {}, "all rows are the same"),
    "border": (BORDER, IMAGES, {}, "only the border"),
    "last batch": (changed(REFERENCE, np.s_[3:]), REFERENCE, {}, "only the last of 4 along"),
    "first column": (changed(REFERENCE, np.s_[:, :1]), REFERENCE, {}, "only the first of 6"),
    "one column": (changed(REFERENCE, np.s_[:, 2]), REFERENCE, {}, "only index 2 of axis 1"),
    "diagonal": (SQUARE + np.diag([1, 2, 3, 4.5]), SQUARE, {}, "only the diagonal"),
}  # fmt: skip


@pytest.mark.parametrize(("got", "expected", "cause"), SHAPES.values(), ids=SHAPES)
def test_wrong_shape_is_explained(got, expected, cause):
    text = message(got, expected)
    assert "wrong shape" in text
    assert cause in text


@pytest.mark.parametrize(("got", "expected", "knowledge", "cause"), VALUES.values(), ids=VALUES)
def test_wrong_values_are_explained(got, expected, knowledge, cause):
    text = message(got, expected, **knowledge)
    assert cause in text.split("Likely cause: ")[1]


@pytest.mark.parametrize("case", VALUES)
def test_cause_is_not_claimed_when_a_single_further_entry_is_wrong(case):
    """A cause that explains all entries but one explains nothing."""
    got, expected, knowledge, cause = VALUES[case]
    got = np.array(got, dtype=float)
    if got.ndim == 0 or case == "integers":
        got = got + 0.777
    else:
        # A place inside, next to the diagonal: no region of VALUES holds it.
        got[(1,) * (got.ndim - 1) + (3,)] += 0.777
    assert cause not in message(got, expected, **knowledge)


@pytest.mark.parametrize("seed", range(1, 21))
def test_no_cause_is_claimed_for_noise(seed):
    noise = np.random.RandomState(seed).uniform(1, 9, size=(4, 6))
    knowledge = {"parts": {"a part": PART}, "counts": {"N": 4}}
    assert "Likely cause" not in message(noise, REFERENCE, **knowledge)


@pytest.mark.parametrize(("got", "expected"), [(7.3, 3.0), (0.0, 3.0), (4.0, 0.0)])
def test_a_single_number_has_no_factor_to_speak_of(got, expected):
    assert "Likely cause" not in message(got, expected)


def test_a_factor_of_nearly_one_is_no_cause():
    assert "only the first 4 digits are right" in message(REFERENCE * 1.00001, REFERENCE)


def test_constant_reference_has_no_order_to_be_wrong():
    text = message(np.array([3.0, 3.0, 3.5, 3.0]), np.full(4, 3.0))
    assert "order" not in text
    assert "reversed" not in text


def test_a_loop_that_starts_late_misses_no_more_than_half():
    """That all rows but the last are wrong tells nothing of a loop."""
    got = REFERENCE + RANDOM.uniform(size=(4, 6))
    got[3] = REFERENCE[3]
    assert "Likely cause" not in message(got, REFERENCE)


def test_a_loop_that_ends_early_misses_no_more_than_half():
    """Where only the first row is right, it may be so by chance."""
    got = REFERENCE + RANDOM.uniform(size=(4, 6))
    got[0] = REFERENCE[0]
    assert "only the last 3 of 4 along axis 0 are wrong\n" in message(got, REFERENCE) + "\n"


def test_two_equal_rows_tell_nothing():
    assert "all rows are the same" not in message(np.tile(REFERENCE[3], (2, 1)), REFERENCE[:2])


def test_a_text_in_place_of_an_array_may_be_a_dicts_key():
    dx, _ = {"dx": REFERENCE, "dw": REFERENCE}
    assert "a dict that is unpacked gives its keys" in message(dx, REFERENCE)
