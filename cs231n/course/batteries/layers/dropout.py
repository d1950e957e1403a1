"""Further cases of dropout.

Masks are drawn by chance, so what is said of them must be all but sure: each claim fails a right
answer less often than once in 1e9 times.
"""

import numpy as np

from cs231n.course.checking.battery import battery

SHAPE = (30, 20, 50)  # 30,000 numbers
ROOM = 0.03  # for shares of them: over 8 standard deviations
CALLS = 40  # 2**-39 is the chance that one number has the same fate in all of them


def training(p, **seed):
    return {"mode": "train", "p": p, **seed}


def numbers(*shape):
    """From 1 to 2: none of them is 0, so what is 0 afterwards was dropped."""
    return np.linspace(1, 2, np.prod(shape)).reshape(shape)


def dropped(trial, title, x, param, **how):
    """out, where two calls may differ."""
    out, _ = trial.call(title, {"x": x, "dropout_param": param}, random=True, **how)
    trial.close("the shape of out", np.shape(out), x.shape)
    return out


@battery("dropout_forward", returns={"out": "array", "cache": "anything"}, single=True)
def dropout_forward(trial):
    many_numbers(trial)
    for shape in [(40,), (5, 8), (2, 3, 2, 4)]:
        x = numbers(*shape)
        out = dropped(trial, f"shape {shape}", x, training(0.5))
        trial.close("what is kept", out, np.where(out == 0, 0, x / 0.5))
    everything = dropped(trial, "p = 1", numbers(4, 5), training(1.0), may_share=True)
    trial.close("out", everything, numbers(4, 5))
    seeds(trial)
    each_number(trial)
    for title, more in [("test time", {}), ("test time, with a seed", {"seed": 1})]:
        inputs = {"x": numbers(5, 6) - 1.5, "dropout_param": {"mode": "test", "p": 0.3, **more}}
        out, _ = trial.call(title, inputs, may_share=True)
        trial.close("out", out, numbers(5, 6) - 1.5)
    unknown = {"x": numbers(2, 3), "dropout_param": {"mode": "eval", "p": 0.5}}
    trial.raises(ValueError, "an unknown mode", unknown)


def many_numbers(trial):
    """Of very many numbers a share of p is kept, each by a draw of its own."""
    p, x = 0.73, numbers(*SHAPE)
    out = dropped(trial, f"30,000 numbers, p = {p}", x, training(p))
    kept = out != 0
    axes = list(enumerate(("examples", "rows", "columns")))
    cause = "the mask needs random numbers in all of x's shape"
    for axis, what in axes:
        alike = not (kept != kept.take([0], axis)).any()
        trial.that(f"the {what} lose different entries", not alike, cause)
    trial.close("the share that is kept", kept.mean(), p, rtol=0, atol=ROOM)
    for axis, what in axes:
        # Of two draws, both keep or both drop with probability p**2 + (1 - p)**2.
        both = 1 - np.mean(np.diff(kept, axis=axis))
        apart = abs(both - (p**2 + (1 - p) ** 2)) < ROOM
        trial.that(f"neighbouring {what} have draws of their own", apart, cause)
    trial.close("what is kept", out, np.where(kept, x / p, 0))


def each_number(trial):
    """It has a chance of its own: not just the share of all is p."""
    for shape in [(1, 1), (3, 1)]:
        title = f"the same {np.prod(shape)} again and again"
        outs = [dropped(trial, title, np.ones(shape), training(0.5))]
        outs += [trial.function(np.ones(shape), training(0.5))[0] for _ in range(CALLS - 1)]
        cause = "each entry is to be kept or dropped by a draw of its own"
        both = np.all((np.min(outs, axis=0) == 0) & (np.max(outs, axis=0) == 2))
        claim = f"each of {np.prod(shape)} is sometimes kept, sometimes dropped"
        trial.that(claim, both, cause)


def seeds(trial):
    """The same mask for a seed, a new one without; all masks are of 200 numbers, p = 0.5."""
    x = numbers(10, 20)
    seven, again = (masked(trial, x, f"seed 7{when}", seed=7) for when in ("", ", again"))
    cause = "is dropout_param's seed given to np.random.seed?"
    trial.that("seed 7 gives the same mask each time", np.array_equal(seven, again), cause)
    eight = masked(trial, x, "seed 8", seed=8)
    cause = "the seed must be the one in dropout_param"
    trial.that("seeds 7 and 8 give different masks", not np.array_equal(seven, eight), cause)
    zero, again = (masked(trial, x, f"seed 0{when}", seed=0) for when in ("", ", again"))
    cause = "0 is a seed too: ask if one is there, not if it is true"
    trial.that("seed 0 gives the same mask each time", np.array_equal(zero, again), cause)
    without = masked(trial, x, "no seed")
    left = trial.case.inputs["dropout_param"]
    again = masked(trial, x, "no seed, again")
    cause = "numpy is seeded all the same, or an own stream always starts alike"
    trial.that("without a seed each call draws anew", not np.array_equal(without, again), cause)
    again = dropped(trial, "no seed, with the dict of an earlier call", x, left) != 0
    cause = "the mask, or a seed, was left in dropout_param"
    trial.that("a dict used again leads to a new mask", not np.array_equal(without, again), cause)


def masked(trial, x, title, **seed):
    return dropped(trial, title, x, training(0.5, **seed)) != 0


@battery("dropout_backward", returns={"dx": "array"}, needs=["dropout_forward"])
def dropout_backward(trial):
    for shape, p in [((6, 9), 0.3), ((2, 3, 2, 5), 0.8), ((50,), 0.5)]:
        backward(trial, f"shape {shape}, p = {p}", shape, training(p, seed=3))
    for mode_and_p in (training(0.5), training(1.0)):
        without_seed(trial, mode_and_p)
    test_time(trial)


def backward(trial, title, shape, param):
    """With a seed the mask is known: it is what becomes of ones."""
    forward, ones = trial.given("dropout_forward"), np.ones(shape)
    mask, _ = forward(ones.copy(), dict(param))
    x = numbers(*shape)
    x.flat[::3] = 0  # as behind a relu
    _, cache = forward(x, dict(param))
    dout = np.random.RandomState(4).normal(size=shape)
    dx, expected = trial.call(title, {"dout": dout, "cache": cache}), dout * mask
    trial.close("the shape of dx", np.shape(dx), shape)
    trial.close("dx where x is not 0", dx[x != 0], expected[x != 0])
    cause = "the mask was read off from zeros, and x has zeros of its own: keep it as it was drawn"
    alike = np.allclose(dx[x == 0], expected[x == 0])
    trial.that(f"dx is right where x is 0, too ({title})", alike, cause, dx)


def without_seed(trial, param):
    trial.settle()  # a call that seeds numpy must not come in between
    x = numbers(6, 9)
    out, cache = trial.given("dropout_forward")(x.copy(), param)
    require_dx(trial, f"no seed, p = {param['p']}", cache, out / x)


def require_dx(trial, title, cache, mask):
    dout = np.random.RandomState(4).normal(size=mask.shape)
    dx = trial.call(title, {"dout": dout, "cache": cache}, may_share=True)
    trial.close("dx", dx, dout * mask)


def test_time(trial):
    param = {"mode": "test", "p": 0.3}
    _, cache = trial.given("dropout_forward")(numbers(4, 5), param)
    require_dx(trial, "test time", cache, np.ones((4, 5)))
