"""What the checks accept, what they refuse, and what they say."""

import numpy as np
import pytest

from cs231n.checks import CheckFailed, check_accuracy, check_close, check_gradient

EXPECTED = np.array([[1.0, 2.5, 4.0], [0.0, -3.0, 1e-3]])


def failure(check, *args, **kwargs):
    with pytest.raises(CheckFailed) as caught:
        check(*args, **kwargs)
    return str(caught.value)


class TestClose:
    @pytest.mark.parametrize(
        "got",
        [
            EXPECTED,
            EXPECTED.tolist(),
            EXPECTED.astype(np.float32),
            EXPECTED.astype(np.longdouble),
            EXPECTED + 1e-9,
            np.asfortranarray(EXPECTED),
        ],
        ids=["float64", "list", "float32", "longdouble", "rounding", "fortran order"],
    )
    def test_accepts_the_right_values_in_any_form(self, got):
        check_close("x", got, EXPECTED)

    @pytest.mark.parametrize("labels", [[0, 2, 1], np.array([0.0, 2, 1]), np.uint8([0, 2, 1])])
    def test_accepts_labels_of_any_type(self, labels):
        check_close("labels", labels, [0, 2, 1])

    def test_success_is_one_line_that_says_what_was_compared(self, capsys):
        check_close("dists", EXPECTED, EXPECTED)
        assert capsys.readouterr().out == "✓ dists: 2 × 3 values agree, exactly\n"

    def test_success_of_a_single_number_gives_the_number(self, capsys):
        check_close("loss", np.float64(2.302585), 2.3025851)
        assert capsys.readouterr().out == "✓ loss: 2.303\n"

    def test_failure_names_argument_place_and_values(self):
        got = EXPECTED.copy()
        got[1, 2] = 17.0
        text = failure(check_close, "dists", got, EXPECTED)
        assert "dists is wrong in 1 of 6 entries." in text
        assert "worst at [1, 2]: got 17, expected 0.001" in text
        assert "(2, 3)" in text

    def test_messages_are_short(self):
        text = failure(check_close, "dists", np.sqrt(2) * EXPECTED + np.pi, EXPECTED)
        assert len(text) < 300
        assert "3.142" not in text.replace("got 3.142", "")
        assert max(len(word) for word in text.split()) < 12

    def test_none(self):
        text = failure(check_close, "dists", None, EXPECTED)
        assert "returned None" in text
        assert "(2, 3)" in text

    @pytest.mark.parametrize(
        ("got", "cause"),
        [
            ((1.0, None), "a tuple, where one value is asked for"),
            ([[1.0, 2.0], [3.0]], "unequal length"),
            (["a", "b"], "text, where numbers are meant"),
            ({"a": 1}, "got dict"),
            (EXPECTED + 1j, "complex numbers"),
        ],
    )
    def test_what_is_not_an_array_of_numbers(self, got, cause):
        assert cause in failure(check_close, "x", got, EXPECTED)

    @pytest.mark.parametrize(
        ("value", "kind"), [(np.nan, "NaN"), (np.inf, "inf"), (-np.inf, "inf")]
    )
    def test_not_finite(self, value, kind):
        got = EXPECTED.copy()
        got[0, 1] = value
        text = failure(check_close, "loss", got, EXPECTED)
        assert f"loss is {kind} in 1 of 6 entries" in text
        assert "first at [0, 1]" in text
        assert f"{kind} comes from" in text

    def test_float32_gets_no_more_room_than_it_needs(self):
        assert failure(check_close, "x", (EXPECTED * 1.0001).astype(np.float32), EXPECTED)

    @pytest.mark.parametrize("error", [1e-4, -1e-4, 1e-5])
    def test_small_errors_are_errors(self, error):
        assert failure(check_close, "x", EXPECTED + error, EXPECTED)


def cube(x):
    return x**3


class TestGradient:
    x = np.array([[0.5, -1.0], [2.0, 1.5]])
    value = x**3
    dout = np.array([[1.0, 2.0], [-1.0, 0.5]])

    def check(self, grad, f=cube, value=None, **knowledge):
        value = self.value if value is None else value
        check_gradient("dx", grad, f, self.x, value=value, dout=self.dout, **knowledge)

    def test_right_gradient(self, capsys):
        self.check(3 * self.x**2 * self.dout)
        assert "✓ dx: 2 × 2 values agree with the numerical gradient" in capsys.readouterr().out

    def test_tiny_right_gradient_does_not_fail_by_noise(self):
        x = np.array([1e-6, 2.0])
        check_gradient("dx", 3 * x**2, cube, x, value=x**3)

    @pytest.mark.parametrize(
        ("grad", "knowledge", "cause"),
        [
            (lambda g: -g, {}, "wrong sign"),
            (lambda g: 4 * g, {"counts": {"N": 4}}, "a sum where a mean is meant"),
            (lambda g: g - 0.1, {"parts": {"the regularisation": np.full((2, 2), 0.1)}}, "missing"),
            (lambda g: g.T, {}, "transposed"),
            (lambda g: g * 0, {}, "multiplied by no zero"),
        ],
        ids=["sign", "N", "regularisation", "transposed", "zero"],
    )
    def test_wrong_gradient_is_explained(self, grad, knowledge, cause):
        text = failure(self.check, grad(3 * self.x**2 * self.dout), **knowledge)
        assert cause in text

    def test_zeros_in_both_directions_do_not_pass(self):
        text = failure(self.check, np.zeros((2, 2)), f=lambda x: np.zeros_like(x))
        assert "the forward value is wrong" in text

    def test_a_function_that_ignores_its_input_is_told_of(self):
        text = failure(self.check, 3 * self.x**2 * self.dout, f=lambda x: self.value)
        assert "the forward value does not change with its input" in text

    def test_a_function_that_rounds_to_float32_is_told_of(self):
        text = failure(self.check, self.x, f=lambda x: np.float32(x**3))
        assert "the forward value is float32" in text

    def test_gradient_has_its_variables_shape(self):
        assert "a gradient has its variable's shape" in failure(self.check, np.ones(2))

    def test_a_check_without_a_pinned_value_is_refused(self):
        with pytest.raises(ValueError, match="must not be zero"):
            self.check(np.ones((2, 2)), value=np.zeros((2, 2)))

    def test_kinks_are_left_out(self):
        x = np.array([0.0, 1.0, -2.0, 3.0])
        relu = np.maximum(x, 0)
        for at_zero in (0.0, 0.5, 1.0):
            grad = np.array([at_zero, 1.0, 0.0, 1.0])
            check_gradient("dx", grad, lambda x: np.maximum(x, 0), x, value=relu)
        assert failure(
            check_gradient, "dx", [0, 1, 1, 1], lambda x: np.maximum(x, 0), x, value=relu
        )

    def test_a_check_of_nothing_but_kinks_is_refused(self):
        x = np.zeros(3)
        with pytest.raises(ValueError, match="kink"):
            check_gradient("dx", x, lambda x: np.abs(x) + 1, x, value=np.ones(3))


class TestTexts:
    def test_names_in_their_order(self, capsys):
        for got in (["x", "q"], ("x", "q")):
            check_close("the order", got, ["x", "q"])
            assert capsys.readouterr().out == "✓ the order: x, q\n"

    @pytest.mark.parametrize(
        ("got", "says"),
        [
            (["q", "x"], "got q, x"),
            (["x"], "got x"),
            ([], "got nothing"),
            ("xq", "got xq"),
            (None, "expected a list of 2 texts"),
        ],
    )
    def test_other_names(self, got, says):
        assert says in failure(check_close, "the order", got, ["x", "q"])


class TestAccuracy:
    def test_in_range(self, capsys):
        check_accuracy("accuracy", 0.28, 0.25, 0.4)
        assert capsys.readouterr().out == "✓ accuracy: 0.280, within 0.25 to 0.40\n"

    @pytest.mark.parametrize(
        ("got", "cause"),
        [
            (0.1, "the predictions"),
            (0.9, "too good to be true"),
            (28.0, "a percentage or a count"),
            (np.nan, "no examples"),
            (None, "returned None"),
        ],
    )
    def test_out_of_range(self, got, cause):
        assert cause in failure(check_accuracy, "accuracy", got, 0.25, 0.4)
