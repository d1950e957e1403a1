"""What a battery sees that no single comparison does, and what it says."""

import numpy as np
import pytest
from tqdm.auto import tqdm

from cs231n.checks import CheckFailed, check_further, last_case
from cs231n.course.checking.battery import battery
from cs231n.course.checking.harness import run_battery
from cs231n.course.checking.trial import Trial


def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def answers(exercise):
    """Makes a function pass for the answer to an exercise."""

    def named(function):
        function.__qualname__, function.__module__ = exercise, "cs231n.layers.affine"
        return function

    return named


def failure(function, **given):
    with pytest.raises(CheckFailed) as caught:
        run_battery(function, given)
    return caught.value


def test_right_and_wrong_answers_are_tried_side_by_side(capsys):
    right = answers("affine_forward")(affine_forward)
    check_further(right)
    assert "✓ affine_forward: 5 further cases" in capsys.readouterr().out

    @answers("affine_forward")
    def wrong(x, w, b):
        return right(x, w, 0 * b)

    assert failure(wrong)
    check_further(right)


def test_an_exercise_that_rests_on_another_takes_it_as_given():
    right = answers("affine_backward")(affine_backward)
    assert run_battery(right, {"affine_forward": affine_forward}) == 5

    def without_bias(x, w, b):
        return affine_forward(x, w, 0 * b)

    message = str(failure(right, affine_forward=without_bias))
    assert "affine_forward (flat rows): out, without which nothing can be said, is wrong" in message


WRONG = {}


def wrong(says):
    def noted(function):
        WRONG[function.__name__] = function, says
        return function

    return noted


@wrong("The input x was modified")
def writes_into_x(x, w, b):
    x -= 1
    return affine_forward(x + 1, w, b)


@wrong("The input x was modified")
def reshapes_x(x, w, b):
    x.shape = (len(x), -1)
    return affine_forward(x, w, b)


@wrong("out is float32, where float64 went in")
def ends_in_float32(x, w, b):
    out, cache = affine_forward(x, w, b)
    return out.astype(np.float32), cache


@wrong("out (flat rows) is wrong")
def passes_through_float32(x, w, b):
    return affine_forward(x.astype(np.float32).astype(float), w, b)


@wrong("out (flat rows) is a list, expected an array")
def returns_a_list(x, w, b):
    out, cache = affine_forward(x, w, b)
    return out.tolist(), cache


@wrong("out (flat rows) is a matrix, expected an array")
def returns_a_matrix(x, w, b):
    out, cache = affine_forward(x, w, b)
    return np.matrix(out), cache


@wrong("out (flat rows) is None, expected an array")
def returns_none_for_out(x, w, b):
    return None, x


@wrong("got None, expected 2 values")
def returns_nothing(x, w, b):
    affine_forward(x, w, b)


@wrong("got 3 values, expected 2 values")
def returns_too_much(x, w, b):
    return (*affine_forward(x, w, b), b)


@wrong("affine_forward stopped with ZeroDivisionError: integer")
def raises(x, w, b):
    return x / (1 // 0), w


def keeps_a_list(x, w, b, seen=[]):  # noqa: B006
    seen.append(1)
    out, cache = affine_forward(x, w, b)
    return out + (len(seen) > 1), cache


wrong("is another when called again")(keeps_a_list)


@wrong("Numpy's random numbers are seeded inside")
def seeds(x, w, b):
    np.random.seed(3)
    return affine_forward(x, w, b)


@pytest.mark.parametrize("name", WRONG)
def test_what_holds_of_any_exercise_is_tried(name):
    function, says = WRONG[name]
    assert says in str(failure(answers("affine_forward")(function)))


def test_a_cache_that_is_spoilt_is_told_of():
    @answers("affine_backward")
    def spoils(dout, cache):
        grads = affine_backward(dout, cache)
        cache[1][...] = 0
        return grads

    assert "The input cache[1] was modified" in str(failure(spoils, affine_forward=affine_forward))


def test_a_result_must_not_be_a_view_of_an_argument():
    @battery("shift", returns={"out": "array"})
    def shifts(trial):
        trial.call("a row", {"x": np.arange(4.0)})

    trial = Trial(shifts, lambda x: x[:], {})
    shifts.run(trial)
    with pytest.raises(CheckFailed, match="out shares its memory with x"):
        trial.settle()


def tried(method, **settings):
    """Runs a battery of one call, of a method of a small object, to its end."""

    class Net:
        def __init__(self):
            self.params, self.grads, self.mode = {"w": np.ones(2)}, {}, "train"

    @battery("Net.loss", returns={"grads": "dict"})
    def calls(trial):
        trial.call("a net", {"self": Net(), "x": np.arange(2.0)}, **settings)

    trial = Trial(calls, method, {})
    calls.run(trial)
    trial.settle()
    trial.replay()


def test_an_object_may_keep_what_it_computed():
    def keeps(self, x):
        self.mode, self.count, self.grads = "test", 1, {"w": self.params["w"] * x}
        return self.grads

    def refills(self, x):
        self.grads["w"] = self.params["w"] * x
        return self.grads

    tried(keeps)
    tried(refills)


def test_an_object_must_not_change_what_it_was_given():
    def moves(self, x):
        self.params["w"] -= x
        return {"w": 2 * x}

    with pytest.raises(CheckFailed, match=r"The input self.params\['w'\] was modified"):
        tried(moves)
    tried(moves, may_change=["self.params"])


def test_gradients_that_are_added_up_over_calls_are_told_of():
    def adds_up(self, x):
        self.grads["w"] = self.grads.get("w", 0) + self.params["w"] * x
        return self.grads

    def adds_up_in_place(self, x):
        self.grads.setdefault("w", np.zeros(2))
        self.grads["w"] += x
        return self.grads

    with pytest.raises(CheckFailed, match=r"grads\['w'\] is another when called again"):
        tried(adds_up)
    with pytest.raises(CheckFailed, match=r"grads\['w'\] is changed by a later call"):
        tried(adds_up_in_place)


def test_a_list_that_was_given_must_not_grow():
    @battery("total", returns={"total": "number"})
    def totals(trial):
        trial.call("three sizes", {"sizes": [3, 4, 5]})
        trial.settle()

    totals.run(Trial(totals, lambda sizes: sum([*sizes, 1]), {}))
    with pytest.raises(CheckFailed, match="The input sizes's length was modified"):
        totals.run(Trial(totals, lambda sizes: sizes.append(1) or sum(sizes), {}))


def test_a_documented_error_has_its_kind_and_its_text():
    @battery("half", returns={"out": "number"})
    def halves(trial):
        trial.raises(ValueError, "an odd number", {"n": 7}, mentions=[7])

    def told(function):
        with pytest.raises(CheckFailed) as caught:
            halves.run(Trial(halves, function, {}))
        return str(caught.value)

    def asserts(n):
        assert n % 2 == 0

    def says_nothing(n):
        raise ValueError("no")

    assert "got 3 returned, and nothing raised" in told(lambda n: n // 2)
    assert "got AssertionError" in told(asserts)
    assert "7 not in its text" in told(says_nothing)


class TestLoops:
    @staticmethod
    def over(function):
        @battery("f", returns={"out": "array"})
        def loops(trial):
            trial.no_loop("rows", lambda n: {"n": n}, 2, 20)

        loops.run(Trial(loops, function, {}))

    @pytest.mark.parametrize(
        "function",
        [
            lambda n: np.ones((n, 3)).sum(axis=1),
            lambda n: np.einsum("ij,ij->i", np.ones((n, 3)), np.ones((n, 3))),
        ],
    )
    def test_array_expressions_pass(self, function):
        self.over(function)

    @pytest.mark.parametrize(
        "function",
        [
            lambda n: [row.sum() for row in np.ones((n, 3))],
            lambda n: list(map(lambda row: row.sum(), np.ones((n, 3)))),  # noqa: C417
            lambda n: np.apply_along_axis(lambda row: row.sum(), 1, np.ones((n, 3))),
            lambda n: np.vectorize(lambda a: a + 1)(np.ones(n)),
        ],
        ids=["comprehension", "map", "apply_along_axis", "vectorize"],
    )
    def test_loops_in_disguise_do_not(self, function):
        with pytest.raises(CheckFailed, match="loops in Python over rows"):
            self.over(function)


def test_memory():
    @battery("f", returns={"out": "array"})
    def large(trial):
        trial.memory("a million", {"n": 100}, megabytes=1)

    large.run(Trial(large, lambda n: np.ones((n, n)), {}))
    with pytest.raises(CheckFailed, match=r"takes 8.* MB of memory"):
        large.run(Trial(large, lambda n: np.ones((n, n, n)).sum(axis=2), {}))


def test_the_case_that_failed_can_be_repeated():
    @answers("affine_forward")
    def no_pictures(x, w, b):
        return x @ w + b, x

    message = str(failure(no_pictures))
    assert "The case: pictures: x (2, 2, 3, 2), w (12, 5), b (5,)" in message
    assert "from cs231n.checks import last_case; affine_forward(**last_case())" in message
    out, _ = affine_forward(**last_case())
    assert out.shape == (2, 5)


def test_progress_bars_of_an_answer_are_not_shown(capsys):
    @answers("affine_forward")
    def counts(x, w, b):
        rows = [row.ravel() for row in tqdm(x, disable=False)]
        return affine_forward(np.array(rows), w, b)

    run_battery(counts)
    list(tqdm("outside they are"))
    assert capsys.readouterr().err.count("100%") == 1


def test_numpys_random_stream_is_left_as_it_was():
    np.random.seed(5)
    expected = np.random.rand()
    np.random.seed(5)
    run_battery(answers("affine_forward")(affine_forward))
    assert np.random.rand() == expected


def test_what_takes_values_by_name_is_called_by_name():
    @battery("total", returns={"total": "number"}, by_name=True)
    def totals(trial):
        trial.close("total", trial.call("two values", {"first": 3, "a": 2, "b": 1}), 6)
        trial.raises(ValueError, "none", {"first": 3}, mentions=[3])
        trial.settle()
        trial.replay()

    def total(first, **values):
        if not values:
            raise ValueError(f"nothing beside {first}")
        return first + sum(values.values())

    totals.run(Trial(totals, total, {}))


def test_several_results_come_in_a_tuple_or_a_list_of_any_length():
    @battery("parts", returns={"parts": "several"})
    def splits(trial):
        trial.call("three numbers", {"x": np.arange(3.0)})
        trial.settle()

    for right in (lambda x: (x + 1,), lambda x: [x + 1, x + 2], lambda x: tuple(x.tolist())):
        splits.run(Trial(splits, right, {}))
    for wrong, says in [
        (lambda x: x + 1, "parts (three numbers) is a ndarray, expected a tuple or a list"),
        (lambda x: None, "a function returned None"),
        (lambda x: (np.float32(x),), "parts[0] is float32, where float64 went in"),
        (lambda x: (x,), "parts shares its memory with x"),
    ]:
        with pytest.raises(CheckFailed) as caught:
            splits.run(Trial(splits, wrong, {}))
        assert says in str(caught.value)
