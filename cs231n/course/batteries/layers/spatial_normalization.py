"""Further cases of batch and group normalization of pictures."""

import numpy as np

from cs231n.course.batteries.layers.normalization import (
    CANCELS,
    CHANGES,
    EPS,
    FAR,
    GRADIENTS,
    TINY,
    require_averages,
    standardized,
    train,
)
from cs231n.course.checking.battery import battery
from cs231n.course.checking.trial import RTOL


def spatial_batchnorm(x, gamma, beta, bn_param):
    """Training: one channel after the other."""
    eps = bn_param.get("eps", EPS)
    channels = [standardized(x[:, c], eps) * gamma[c] + beta[c] for c in range(x.shape[1])]
    return np.stack(channels, axis=1)


def spatial_batchnorm_at_test_time(x, gamma, beta, bn_param):
    """One pixel after the other."""
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    out, slope = np.empty_like(x), gamma * (var + bn_param.get("eps", EPS)) ** -0.5
    for n, i, j in np.ndindex(len(x), *x.shape[2:]):
        out[n, :, i, j] = slope * x[n, :, i, j] + (beta - slope * mean)
    return out


def drawn(random, shape, **param):
    """Inputs: pictures (N, C, H, W), each channel at another mean; param is bn_param."""
    C = shape[1]
    x = random.normal(2, 3, shape) + 4 * np.arange(C)[:, None, None]
    return {"x": x, "gamma": random.normal(size=C), "beta": random.normal(size=C), **param}


def pictures():
    """(title, inputs) for both ways of batch normalization."""
    random = np.random.RandomState(30)
    inputs = drawn(random, (2, 3, 1, 4), bn_param=train())
    inputs["x"][:, 0] *= TINY
    yield "two pictures, a channel of tiny numbers", inputs
    for title, shape, param in [
        ("eps is given", (3, 2, 2, 1), train(eps=2.0)),
        ("as many pictures as channels, rows and columns", (2, 2, 2, 2), train()),
        ("one picture, one channel", (1, 1, 2, 3), train()),
        ("pictures of one pixel", (5, 3, 1, 1), train()),
    ]:
        yield title, drawn(random, shape, bn_param=param)


@battery(
    "spatial_batchnorm_forward",
    returns={"out": "array", "cache": "anything"},
    needs=["batchnorm_forward"],
)
def spatial_batchnorm_forward(trial):
    for title, inputs in pictures():
        out, _ = trial.call(title, inputs, **CHANGES)
        trial.close("out", out, spatial_batchnorm(**inputs))
    random = np.random.RandomState(31)
    batch_after_batch(trial, random)
    averages = {"running_mean": random.normal(size=3), "running_var": 1 + 8 * random.rand(3)}
    for title, settings in [("test time", {}), ("test time, eps is given", {"eps": 2.0})]:
        param = {"mode": "test", **settings, **averages}
        inputs = drawn(random, (1, 3, 2, 4), bn_param=param)
        out, _ = trial.call(title, inputs)
        trial.close("out", out, spatial_batchnorm_at_test_time(**inputs))
    unknown = drawn(random, (2, 3, 1, 2), bn_param={"mode": "eval"})
    trial.raises(ValueError, "an unknown mode", unknown)


def batch_after_batch(trial, random):
    """Each with the bn_param that the one before has left behind."""
    param, batches = train(momentum=0.6), []
    for title, shape in [("a first batch", (2, 3, 2, 4)), ("a second batch", (4, 3, 1, 2))]:
        inputs = drawn(random, shape, bn_param=param)
        batches.append(np.array([channel.ravel() for channel in inputs["x"].swapaxes(0, 1)]).T)
        out, _ = trial.call(title, inputs, **CHANGES)
        trial.close("out", out, spatial_batchnorm(**inputs))
        param = trial.case.inputs["bn_param"]
        require_averages(trial, param, batches, momentum=0.6)


@battery(
    "spatial_batchnorm_backward",
    returns=GRADIENTS,
    needs=["batchnorm_forward", "batchnorm_backward", "spatial_batchnorm_forward"],
    maybe=["batchnorm_backward_alt"],
)
def spatial_batchnorm_backward(trial):
    random = np.random.RandomState(32)
    for title, inputs in pictures():
        N, _, H, W = inputs["x"].shape
        counts = {"N": N, "H * W": H * W, "N * H * W": N * H * W}
        dout = random.normal(size=inputs["x"].shape)
        trial.backward(
            title, "spatial_batchnorm_forward", spatial_batchnorm, inputs, dout, counts=counts
        )


# Groups of channels


def groupnorm(x, gamma, beta, G, gn_param):
    """One group of one picture after the other."""
    eps, groups = gn_param.get("eps", EPS), [np.split(picture, G) for picture in x]
    normalized = [[standardized(group, eps) for group in picture] for picture in groups]
    return np.array([np.concatenate(picture) for picture in normalized]) * gamma + beta


def drawn_groups(random, shape, G, **settings):
    """Inputs: pictures (N, C, H, W) with scale and shift as (1, C, 1, 1)."""
    inputs = drawn(random, shape)
    scales = {name: inputs[name].reshape(1, -1, 1, 1) for name in ("gamma", "beta")}
    return {**inputs, **scales, "G": G, "gn_param": settings}


def grouped():
    """(title, inputs) for both ways of group normalization."""
    random = np.random.RandomState(33)
    inputs = drawn_groups(random, (2, 6, 1, 3), 3)
    inputs["x"][0] *= TINY
    yield "three groups of two channels, a picture of tiny numbers", inputs
    for title, shape, G, settings in [
        ("one picture, two groups, eps is given", (1, 6, 2, 1), 2, {"eps": 2.0}),
        ("all channels are one group", (3, 2, 2, 1), 1, {"eps": 0.5}),
        ("each channel is a group", (2, 3, 1, 4), 3, {"eps": 0.1}),
        ("pictures of one pixel", (3, 6, 1, 1), 2, {}),
    ]:
        yield title, drawn_groups(random, shape, G, **settings)


@battery(
    "spatial_groupnorm_forward",
    returns={"out": "array", "cache": "anything"},
    maybe=["layernorm_forward"],
)
def spatial_groupnorm_forward(trial):
    for title, inputs in grouped():
        out, _ = trial.call(title, inputs)
        trial.close("out", out, groupnorm(**inputs))
    random = np.random.RandomState(35)
    equal, far = (drawn_groups(random, (2, 4, 1, 3), 2) for _ in range(2))
    equal["x"][1, 2:] = 7
    far["x"] += FAR
    for title, inputs, rtol in [
        ("a group whose numbers are all equal", equal, RTOL),
        ("numbers far from zero", far, CANCELS),
        ("an eps of 0", drawn_groups(random, (2, 4, 1, 3), 2, eps=0.0), RTOL),
    ]:
        out, _ = trial.call(title, inputs)
        trial.close("out", out, groupnorm(**inputs), rtol=rtol)


@battery(
    "spatial_groupnorm_backward",
    returns=GRADIENTS,
    needs=["spatial_groupnorm_forward"],
    maybe=["layernorm_forward", "layernorm_backward"],
)
def spatial_groupnorm_backward(trial):
    random = np.random.RandomState(34)
    for title, inputs in grouped():
        dout, counts = random.normal(size=inputs["x"].shape), {"G": inputs["G"]}
        trial.backward(title, "spatial_groupnorm_forward", groupnorm, inputs, dout, counts=counts)
