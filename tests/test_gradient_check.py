"""Numerical gradients: exact where theory gives them, honest at kinks, and x left as it was."""

import numpy as np
import pytest

from cs231n.gradient_check import (
    eval_numerical_gradient,
    eval_numerical_gradient_array,
    grad_check_projection,
    grad_check_sparse,
    gradient_and_smoothness,
    rel_error,
    relative_errors,
)

CHECKS = [grad_check_sparse, grad_check_projection]


def draw(*shape, seed=0):
    return np.random.RandomState(seed).standard_normal(shape)


def softmax_loss(W, X, y):
    """The loss of a linear softmax classifier and its gradient, both from the textbook."""
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, X.T @ p / len(y)


class TestNumber:
    @pytest.mark.parametrize(
        ("f", "gradient"),
        [
            (lambda x: np.sum(x**3), lambda x: 3 * x**2),
            (lambda x: np.sum(np.sin(x)), np.cos),
            (
                lambda x: np.exp(0.1 * x.sum()),
                lambda x: np.full_like(x, 0.1) * np.exp(x.sum() / 10),
            ),
            (lambda x: 7, np.zeros_like),
        ],
        ids=["cubes", "sines", "exponential", "constant"],
    )
    @pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 1, 3), (0, 2)], ids=str)
    def test_known_gradients(self, f, gradient, shape):
        x = np.asarray(draw(*shape))
        got = eval_numerical_gradient(f, x)
        assert got.shape == shape
        np.testing.assert_allclose(got, gradient(x), rtol=1e-7, atol=1e-8)

    @pytest.mark.parametrize("layout", [np.asfortranarray, lambda x: x[::2, ::-1]])
    def test_any_memory_layout(self, layout):
        x = layout(draw(4, 6))
        np.testing.assert_allclose(
            eval_numerical_gradient(lambda x: np.sum(x**2), x), 2 * x, rtol=1e-7
        )

    def test_h_is_the_step(self):
        x = np.array([1.0])
        # (x + h)^3 - (x - h)^3 over 2h is 3x^2 + h^2.
        assert eval_numerical_gradient(lambda x: x[0] ** 3, x, h=0.1) == pytest.approx(3.01)

    def test_verbose_prints_index_and_value(self, capsys):
        eval_numerical_gradient(lambda x: np.sum(x**2), np.array([[1.0, -2.0]]), verbose=True)
        assert capsys.readouterr().out == "[0, 0]: 2\n[0, 1]: -4\n"

    def test_silent_otherwise(self, capsys):
        eval_numerical_gradient(np.sum, draw(3))
        assert capsys.readouterr().out == ""

    def test_f_may_read_x_where_it_lives(self):
        params = {"W1": draw(2, 3)}
        got = eval_numerical_gradient(lambda _: np.sum(params["W1"] ** 2), params["W1"])
        np.testing.assert_allclose(got, 2 * params["W1"], rtol=1e-7)

    def test_a_gradient_of_pytorch(self):
        torch = pytest.importorskip("torch")
        x, w, y = draw(3, 2, 5, 5), draw(4, 2, 3, 3, seed=1), np.array([0, 3, 1])

        def loss(weights):
            out = torch.nn.functional.conv2d(torch.from_numpy(x), weights).tanh().mean((2, 3))
            return torch.nn.functional.cross_entropy(out, torch.from_numpy(y))

        weights = torch.from_numpy(w.copy()).requires_grad_()
        loss(weights).backward()
        expected = weights.grad.numpy()
        got = eval_numerical_gradient(lambda w: loss(torch.from_numpy(w)), w)
        assert rel_error(got, expected) < 1e-6
        assert grad_check_projection(lambda w: loss(torch.from_numpy(w)), w, expected) < 1e-7


class TestArray:
    def test_a_matrix_product(self):
        x, w, df = draw(3, 4), draw(4, 2, seed=1), draw(3, 2, seed=2)
        got = eval_numerical_gradient_array(lambda x: x @ w, x, df)
        np.testing.assert_allclose(got, df @ w.T, rtol=1e-8)

    @pytest.mark.parametrize("f", [lambda x: x, np.ravel], ids=["x itself", "a view of x"])
    def test_f_may_return_its_argument(self, f):
        x = draw(2, 3)
        df = f(draw(2, 3, seed=1))
        got = eval_numerical_gradient_array(f, x, df)
        np.testing.assert_allclose(got, df.reshape(2, 3), rtol=1e-8)

    def test_large_values_elsewhere_cost_no_digits(self):
        def f(x):
            return np.append(x**2, 1e9)

        got = eval_numerical_gradient_array(f, np.array([1.0, 2.0]), np.ones(3))
        np.testing.assert_allclose(got, [2.0, 4.0], rtol=1e-8)

    def test_the_upstream_gradient_has_the_shape_of_f(self):
        with pytest.raises(
            ValueError, match=r"upstream gradient is \(2,\), but f\(x\) is \(3, 2\)"
        ):
            eval_numerical_gradient_array(lambda x: x, draw(3, 2), np.ones(2))


class TestKinks:
    @pytest.mark.parametrize(
        ("f", "at", "smooth"),
        [
            (np.abs, 0.0, False),
            (np.abs, 1e-4, True),
            (lambda x: np.maximum(x, 0), 0.0, False),
            (lambda x: np.maximum(x, 0) + 100 * x, 0.0, False),
            (lambda x: x > 0, 0.0, False),
            (lambda x: x**2, 0.0, True),
            (lambda x: 1e4 * x**2, 0.0, True),
            (lambda x: 1e4 + x**2, 0.0, True),
            (lambda x: (x + 1 / 3) - x - 1 / 3, 0.7, True),
            (np.exp, 3.0, True),
        ],
        ids=[
            "kink", "beside it", "relu", "a small kink", "a step", "the floor of a parabola",
            "a steep parabola", "a parabola on high ground", "rounding", "exponential",
        ],
    )  # fmt: skip
    def test_kinks_are_told_from_curves(self, f, at, smooth):
        _, got = gradient_and_smoothness(f, np.array(at), 1.0, h=1e-5)
        assert got == smooth

    @pytest.mark.parametrize("distance", np.linspace(-0.99, 0.99, 40))
    def test_a_kink_within_the_step_is_found_wherever_it_is(self, distance):
        slope, smooth = gradient_and_smoothness(np.abs, np.array(distance * 1e-5), 1.0, h=1e-5)
        assert not smooth or abs(abs(slope) - 1) < 1e-3

    def test_rounding_where_f_is_flat_asks_for_no_closer_look(self):
        calls = []

        def f(x):
            calls.append(x)
            return (x + 1 / 3) - x - 1 / 3

        gradient_and_smoothness(f, np.array(0.7), 1.0, h=1e-5)
        assert len(calls) == 3

    def test_the_table_says_so_and_the_verdict_leaves_it_out(self, capsys):
        x = np.array([0.0, 1.0, -2.0])
        error = grad_check_sparse(lambda x: np.maximum(x, 0).sum(), x, np.array([1.0, 1.0, 0.0]))
        lines = capsys.readouterr().out.splitlines()
        assert error < 1e-9
        assert lines[1].endswith("left out: a kink, slope 0 to the left, 1 to the right")
        assert lines[-1].endswith(", 1 of 3 left out")

    @pytest.mark.parametrize("check", CHECKS)
    def test_a_check_of_nothing_but_kinks_is_no_check(self, check):
        with pytest.raises(ValueError, match="nothing was compared"):
            check(lambda x: np.abs(x).sum(), np.zeros(3), np.zeros(3))


class TestXIsLeftAsItWas:
    def calls(self, f, x):
        yield lambda: eval_numerical_gradient(f, x)
        yield lambda: eval_numerical_gradient_array(f, x, np.ones(()))
        yield lambda: grad_check_sparse(f, x, np.ones_like(x))
        yield lambda: grad_check_projection(f, x, np.ones_like(x))

    def test_to_the_last_bit(self):
        x = np.array([0.1, -0.0, 1e300, 1e-300, 3.3])
        before = x.tobytes()
        for call in self.calls(lambda x: x[0] + x[4], x):
            call()
            assert x.tobytes() == before

    @pytest.mark.parametrize("good_calls", [0, 1, 2, 5])
    def test_when_f_raises(self, good_calls):
        x = draw(4)
        before = x.copy()
        count = 0

        def f(x):
            nonlocal count
            count += 1
            if count > good_calls:
                raise KeyError("from f")
            return x.sum()

        for call in self.calls(f, x):
            count = 0
            with pytest.raises(KeyError, match="from f"):
                call()
            np.testing.assert_array_equal(x, before)

    def test_when_f_writes_into_x(self):
        x = np.array([1.0, -2.0, 3.0])

        def f(x):
            x[x < 0] = 0
            return x.sum()

        np.testing.assert_allclose(eval_numerical_gradient(f, x), [1, 0, 1], atol=1e-9)
        np.testing.assert_array_equal(x, [1.0, -2.0, 3.0])


class TestSparse:
    x = draw(6, 12)

    def table(self, capsys, analytic=None, **options):
        analytic = 2 * self.x if analytic is None else analytic
        error = grad_check_sparse(lambda x: np.sum(x**2), self.x, analytic, **options)
        return error, capsys.readouterr().out.splitlines()

    def test_a_right_gradient(self, capsys):
        error, lines = self.table(capsys)
        assert type(error) is float
        assert error < 1e-8
        assert lines[-1] == f"largest relative error {error:.1e}"

    def test_columns_stand_under_their_headings(self, capsys):
        _, (header, *rows, _) = self.table(capsys)
        assert header.split() == ["index", "analytic", "numerical", "relative", "error"]
        assert len(rows) == 10
        assert {len(row) for row in rows} == {len(header)}
        for row in rows:
            index, numbers = row.split("]")
            i, j = (int(part) for part in index.strip("[").split(","))
            analytic, numerical, error = (float(number) for number in numbers.split())
            assert analytic == pytest.approx(2 * self.x[i, j], rel=1e-5)
            assert numerical == pytest.approx(analytic, rel=1e-5)
            assert error < 1e-8

    def test_a_wrong_entry_shows_in_its_row(self, capsys):
        analytic = 2 * self.x
        analytic[3, 7] *= 2
        error, lines = self.table(capsys, analytic, num_checks=72)
        assert error == pytest.approx(0.5)
        assert next(line for line in lines if line.endswith("5.0e-01")).startswith("[3, 7]")

    def test_no_entry_twice_and_no_more_than_there_are(self, capsys):
        _, lines = self.table(capsys, num_checks=1000)
        indices = [line.split("]")[0] for line in lines[1:-1]]
        assert len(indices) == len(set(indices)) == 72

    def test_a_single_number_is_an_entry(self):
        assert grad_check_sparse(lambda x: x**2, np.array(3.0), 6.0) < 1e-8

    def test_noise_in_a_tiny_gradient_is_no_error(self):
        assert grad_check_sparse(lambda x: 10 + 1e-9 * x.sum(), draw(5), np.full(5, 1e-9)) < 1e-5


class TestProjection:
    X, y, W = draw(50, 3073), np.arange(50) % 10, 0.01 * draw(3073, 10, seed=1)

    def f(self, W):
        return softmax_loss(W, self.X, self.y)[0]

    def error(self, spoil=None, **options):
        gradient = softmax_loss(self.W, self.X, self.y)[1]
        if spoil:
            spoil(gradient)
        return grad_check_projection(self.f, self.W, gradient, **options)

    @pytest.mark.parametrize("seed", range(5))
    def test_a_right_gradient(self, seed):
        assert self.error(seed=seed) < 1e-6

    @pytest.mark.parametrize("seed", range(5))
    def test_one_wrong_entry_in_thirty_thousand(self, seed):
        def spoil(gradient):
            gradient[1234, 5] += gradient.std()

        assert self.error(spoil, seed=seed) > 1e-4

    @pytest.mark.parametrize("seed", range(20))
    def test_two_errors_do_not_cancel(self, seed):
        gradient = np.ones(100)
        gradient[[10, 20]] += [0.5, -0.5]
        assert grad_check_projection(np.sum, np.zeros(100), gradient, seed=seed) > 1e-4

    def test_the_table_has_a_row_for_each_direction(self, capsys):
        self.error(num_checks=2)
        header, *rows, last = capsys.readouterr().out.splitlines()
        assert header.startswith("direction ")
        assert [row.split()[0] for row in rows] == ["0", "1"]
        assert {len(row) for row in rows} == {len(header)}
        assert last.startswith("largest relative error")

    def test_it_takes_a_few_values_of_f_only_each_a_step_of_length_h_away(self):
        x, steps = draw(3073, 10), []
        start = x.copy()

        def f(x):
            steps.append(np.linalg.norm(x - start))
            return x.sum()

        grad_check_projection(f, x, np.ones_like(x), num_checks=3)
        np.testing.assert_allclose(steps, [0.0] + [1e-5] * 6, rtol=1e-6)


class TestSeeds:
    @pytest.mark.parametrize("check", CHECKS)
    def test_a_seed_decides_and_the_global_stream_is_left_alone(self, check, capsys):
        x = draw(20, 20)

        def table(seed):
            check(lambda x: np.sum(x**3), x, 3 * x**2, seed=seed)
            return capsys.readouterr().out

        np.random.seed(1)
        state = np.random.get_state()[1].copy()
        first = table(7)
        np.random.seed(2)
        assert table(7) == first
        assert table(8) != first
        np.random.seed(1)
        table(7)
        np.testing.assert_array_equal(np.random.get_state()[1], state)


class TestBadInput:
    @pytest.mark.parametrize(
        ("x", "error", "message"),
        [
            (np.ones(3, dtype=np.float32), TypeError, "x is float32.*np.float64"),
            (np.arange(3), TypeError, "x is int.*np.float64"),
            ([1.0, 2.0], TypeError, "a list: np.array"),
            (3.0, TypeError, "a float: np.array"),
            (np.broadcast_to(1.0, (3,)), ValueError, "read-only"),
        ],
    )
    def test_x(self, x, error, message):
        with pytest.raises(error, match=message):
            eval_numerical_gradient(np.sum, x)
        for check in CHECKS:
            with pytest.raises(error, match=message):
                check(np.sum, x, np.ones(np.shape(x)))

    @pytest.mark.parametrize(
        ("f", "error", "message"),
        [
            (lambda x: None, TypeError, "not None"),
            (lambda x: (1.0, x), TypeError, r"not a tuple.*\[0\]"),
            (lambda x: x, TypeError, "one number, not an array of shape .3,."),
            (lambda x: x.sum().astype(np.float32), TypeError, "f returns float32"),
            (lambda x: "one", TypeError, "f returns <U3"),
            (lambda x: 1j, TypeError, "f returns complex128"),
            (lambda x: np.nan, ValueError, "f is NaN at x,"),
            (lambda x: np.inf if x[1] > 2 else 1.0, ValueError, r"infinite where .* at \[1\]"),
        ],
    )
    def test_f(self, f, error, message):
        x = np.array([1.0, 2.0, 3.0])
        with pytest.raises(error, match=message):
            eval_numerical_gradient(f, x)
        with pytest.raises(error):
            grad_check_sparse(f, x, x)
        np.testing.assert_array_equal(x, [1.0, 2.0, 3.0])

    @pytest.mark.parametrize("check", CHECKS)
    @pytest.mark.parametrize(
        ("gradient", "error", "message"),
        [
            (None, TypeError, "is None"),
            (np.ones((3, 2)), ValueError, r"\(3, 2\), but x is \(2, 3\)"),
            ([[1, 1, 1], [1, np.nan, 1]], ValueError, r"nan at \[1, 1\]"),
        ],
    )
    def test_the_gradient(self, check, gradient, error, message):
        with pytest.raises(error, match=message):
            check(np.sum, np.ones((2, 3)), gradient)

    @pytest.mark.parametrize("check", CHECKS)
    def test_nothing_to_check(self, check):
        with pytest.raises(ValueError, match="num_checks"):
            check(np.sum, np.ones(3), np.ones(3), num_checks=0)
        with pytest.raises(ValueError, match="empty"):
            check(np.sum, np.ones(0), np.ones(0))

    @pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf])
    def test_the_step(self, h):
        with pytest.raises(ValueError, match="h must be"):
            eval_numerical_gradient(np.sum, np.ones(3), h=h)


class TestErrors:
    def test_of_entries(self):
        got = relative_errors(
            np.array([1.0, -2.0, 1e-9, 0.0]), np.array([2.0, 2.0, 0.0, 0.0]), 1e-4
        )
        np.testing.assert_allclose(got, [0.5, 2.0, 1e-5, 0.0])

    @pytest.mark.parametrize(
        ("x", "y", "expected"),
        [
            ([1.0, 2.0], [1.0, 2.0], 0),
            ([1.0, 3.0], [1.0, 1.0], 0.5),
            (0, 0, 0),
            (1, -1, 1),
            ([], [], 0),
        ],
    )
    def test_of_arrays(self, x, y, expected):
        assert rel_error(x, y) == pytest.approx(expected)

    def test_of_arrays_of_two_shapes(self):
        with pytest.raises(ValueError, match=r"\(2,\) and \(2, 1\)"):
            rel_error(np.ones(2), np.ones((2, 1)))

    def test_nan_is_no_agreement(self):
        assert np.isnan(rel_error([np.nan, 1.0], [1.0, 1.0]))
