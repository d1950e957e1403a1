"""Further cases of batch and layer normalization."""

import numpy as np

from cs231n.course.checking.battery import battery

EPS, MOMENTUM = 1e-5, 0.9  # where no others are asked for
TINY = 1e-3  # squared, about eps: such numbers show which eps was taken, and where
FAR = 1e7 / 3  # from zero: numbers whose squares have no digits left for a variance
CANCELS = 1e-6  # what is asked there, as a share of the largest number
CHANGES = {"may_change": ("bn_param",)}  # in mode "train" the running averages go into it
GRADIENTS = {"dx": "array", "dgamma": "array", "dbeta": "array"}


def standardized(numbers, eps):
    """The numbers less their mean, over the root of their variance plus eps."""
    centred = numbers - np.sum(numbers) / numbers.size
    return centred / (np.sum(centred**2) / numbers.size + eps) ** 0.5


def batchnorm(x, gamma, beta, bn_param):
    """Training: one feature after the other."""
    features = [standardized(column, bn_param.get("eps", EPS)) for column in x.T]
    scaled = [g * feature + b for g, feature, b in zip(gamma, features, beta, strict=True)]
    return np.stack(scaled, axis=1)


def batchnorm_at_test_time(x, gamma, beta, bn_param):
    """One example after the other, as a line: slope times row plus what is left."""
    zeros = np.zeros(x.shape[1])
    mean, var = (bn_param.get(name, zeros) for name in ("running_mean", "running_var"))
    slope = gamma * (var + bn_param.get("eps", EPS)) ** -0.5
    return np.array([slope * row + (beta - slope * mean) for row in x])


def layernorm(x, gamma, beta, ln_param):
    """One example after the other."""
    eps = ln_param.get("eps", EPS)
    return np.stack([gamma * standardized(row, eps) + beta for row in x])


def drawn(random, shape, **param):
    """Inputs: x of a shape (N, D), not at mean 0 and variance 1; param is bn_param or ln_param."""
    D = shape[1]
    x, gamma, beta = random.normal(2, 3, shape), random.normal(size=D), random.normal(size=D)
    return {"x": x, "gamma": gamma, "beta": beta, **param}


def train(**settings):
    return {"mode": "train", **settings}


# Batch normalization


def batches():
    """(title, inputs) for both ways."""
    random = np.random.RandomState(10)
    inputs = drawn(random, (5, 3), bn_param=train())
    inputs["x"][:, 0] *= TINY
    yield "a feature of tiny numbers", inputs
    for title, shape, param in [
        ("eps is given", (6, 4), train(eps=2.0)),
        ("more features than examples", (3, 5), train(eps=0.1)),
        ("as many features as examples", (4, 4), train()),
        ("one feature", (5, 1), train()),
    ]:
        yield title, drawn(random, shape, bn_param=param)
    inputs = drawn(random, (4, 3), bn_param=train())
    inputs["x"][:, 1] = 7
    yield "a feature that is the same for all examples", inputs


@battery("batchnorm_forward", returns={"out": "array", "cache": "anything"}, single=True)
def batchnorm_forward(trial):
    random = np.random.RandomState(11)
    for title, inputs in [*batches(), ("one example", drawn(random, (1, 3), bn_param=train()))]:
        out, _ = trial.call(title, inputs, **CHANGES)
        trial.close("out", out, batchnorm(**inputs), counts={"N": len(inputs["x"])})
    inputs = drawn(random, (5, 3), bn_param=train())
    inputs["x"] += FAR
    out, _ = trial.call("numbers far from zero", inputs, single=False, **CHANGES)
    trial.close("out", out, batchnorm(**inputs), rtol=CANCELS)
    running_averages(trial)
    test_time(trial)
    float32_from_batch_to_batch(trial)
    trial.raises(ValueError, "an unknown mode", drawn(random, (4, 3), bn_param={"mode": "eval"}))


def running_averages(trial):
    """Batch after batch, each with the bn_param that the one before has left behind."""
    random = np.random.RandomState(12)
    for title, settings in [
        ("the usual momentum", {}),
        ("a momentum of 0.6", {"momentum": 0.6, "eps": 2.0}),
        ("a momentum and an eps of 0", {"momentum": 0.0, "eps": 0.0}),
    ]:
        param, batches = train(**settings), []
        for nth, N in [("first", 5), ("second", 3), ("third", 4)]:
            inputs = drawn(random, (N, 3), bn_param=param)
            batches.append(inputs["x"])
            out, _ = trial.call(f"{title}, {nth} batch", inputs, **CHANGES)
            trial.close("out", out, batchnorm(**inputs))
            param = trial.case.inputs["bn_param"]
            require_averages(trial, param, batches, settings.get("momentum", MOMENTUM))


def require_averages(trial, param, batches, momentum):
    """That bn_param holds what batches (N, D) have led to, and holds it in float64."""
    weights = (1 - momentum) * momentum ** np.arange(len(batches))[::-1]
    names = ("running_mean", "running_var")
    kept = all(isinstance(param.get(name), np.ndarray) for name in names)
    cause = "the new averages go into the dict that was given, as arrays: bn_param[…] = …"
    trial.that("bn_param holds running_mean and running_var as arrays", kept, cause)
    for name, of in [("running_mean", np.mean), ("running_var", np.var)]:
        expected = sum(w * of(x, axis=0) for w, x in zip(weights, batches, strict=True))
        trial.close(name, np.asarray(param[name], dtype=float), expected)


def test_time(trial):
    random = np.random.RandomState(13)
    averages = {"running_mean": random.normal(size=3), "running_var": 1 + 8 * random.rand(3)}
    for title, N, settings in [
        ("test time", 4, averages),
        ("test time, eps is given", 5, {"eps": 2.0, **averages}),
        ("test time, one example", 1, averages),
        ("test time before any training", 4, {}),
    ]:
        inputs = drawn(random, (N, 3), bn_param={"mode": "test", **settings})
        out, _ = trial.call(title, inputs)
        trial.close("out", out, batchnorm_at_test_time(**inputs))


def float32_from_batch_to_batch(trial):
    """What training leaves in bn_param must not make float64 of out at test time."""
    inputs = drawn(np.random.RandomState(14), (4, 3), bn_param=train())
    inputs |= {name: inputs[name].astype(np.float32) for name in ("x", "gamma", "beta")}
    trial.call("a batch in float32", inputs, **CHANGES)
    left = {**trial.case.inputs["bn_param"], "mode": "test"}
    out, _ = trial.function(inputs["x"], inputs["gamma"], inputs["beta"], left)
    cause = f"it is {out.dtype}: are the running averages made as float64, and out from them?"
    trial.that("out is float32 at test time, too", out.dtype == np.float32, cause, out)


@battery("batchnorm_backward", returns=GRADIENTS, needs=["batchnorm_forward"])
def batchnorm_backward(trial):
    through_the_batch(trial)


@battery("batchnorm_backward_alt", returns=GRADIENTS, needs=["batchnorm_forward"])
def batchnorm_backward_alt(trial):
    through_the_batch(trial)


def through_the_batch(trial):
    random = np.random.RandomState(15)
    for title, inputs in batches():
        dout, counts = random.normal(size=inputs["x"].shape), {"N": len(inputs["x"])}
        trial.backward(title, "batchnorm_forward", batchnorm, inputs, dout, counts=counts)


# Layer normalization


def examples():
    """(title, inputs) for both ways."""
    random = np.random.RandomState(20)
    inputs = drawn(random, (3, 5), ln_param={})
    inputs["x"][0] *= TINY
    yield "an example of tiny numbers", inputs
    for title, shape, param in [
        ("eps is given", (4, 6), {"eps": 2.0}),
        ("fewer features than examples", (5, 3), {"eps": 0.1}),
        ("as many features as examples", (4, 4), {"eps": 0.5}),
        ("one example", (1, 5), {}),
    ]:
        yield title, drawn(random, shape, ln_param=param)
    inputs = drawn(random, (3, 4), ln_param={})
    inputs["x"][1] = 7
    yield "an example whose numbers are all equal", inputs


@battery(
    "layernorm_forward",
    returns={"out": "array", "cache": "anything"},
    maybe=["batchnorm_forward"],
    single=True,
)
def layernorm_forward(trial):
    random = np.random.RandomState(21)
    for title, inputs in [
        *examples(),
        ("one feature", drawn(random, (4, 1), ln_param={})),
        ("an eps of 0", drawn(random, (3, 5), ln_param={"eps": 0.0})),
    ]:
        out, _ = trial.call(title, inputs)
        trial.close("out", out, layernorm(**inputs), counts={"D": inputs["x"].shape[1]})
    inputs = drawn(random, (3, 5), ln_param={})
    inputs["x"] += FAR
    out, _ = trial.call("numbers far from zero", inputs, single=False)
    trial.close("out", out, layernorm(**inputs), rtol=CANCELS)
    one_dict_for_all(trial)


def one_dict_for_all(trial):
    """A net has one ln_param for all batches: whatever stands in it, their sizes may differ."""
    random, param = np.random.RandomState(22), {}
    for N in (4, 4, 2, 1, 5):
        inputs = drawn(random, (N, 3), ln_param=param)
        title = f"a batch of {N}, with the ln_param of those before"
        out, _ = trial.call(title, inputs, may_change=("ln_param",))
        trial.close("out", out, layernorm(**inputs))
        param = trial.case.inputs["ln_param"]


@battery(
    "layernorm_backward",
    returns=GRADIENTS,
    needs=["layernorm_forward"],
    maybe=["batchnorm_forward", "batchnorm_backward", "batchnorm_backward_alt"],
)
def layernorm_backward(trial):
    random = np.random.RandomState(23)
    for title, inputs in examples():
        dout, counts = random.normal(size=inputs["x"].shape), {"D": inputs["x"].shape[1]}
        trial.backward(title, "layernorm_forward", layernorm, inputs, dout, counts=counts)
