"""Further cases of the two-layer net."""

from unittest.mock import patch

import numpy as np

from cs231n.course.batteries.classifiers.starts import require_start
from cs231n.course.batteries.layers.activations import relu
from cs231n.course.batteries.layers.losses import softmax
from cs231n.course.checking.battery import battery
from cs231n.course.checking.known_nets import KnownNets
from cs231n.course.checking.slopes import slope
from cs231n.course.checking.stand_ins import OneAfterTheOther, replace_params
from cs231n.course.training import parallel

HOME = "cs231n.classifiers.fc_net"


def shapes(input_dim, hidden_dim, num_classes):
    """From the loss back, so that of wrong gradients the first is told of."""
    return {
        "W2": (hidden_dim, num_classes),
        "b2": (num_classes,),
        "W1": (input_dim, hidden_dim),
        "b1": (hidden_dim,),
    }


def sizes(input_dim, hidden_dim, num_classes):
    return {"input_dim": input_dim, "hidden_dim": hidden_dim, "num_classes": num_classes}


@battery("TwoLayerNet.__init__", returns={}, home=HOME)
def two_layer_init(trial):
    dims = (300, 120, 90)
    given = {**sizes(*dims), "weight_scale": 0.02, "reg": 0.7}
    net = require_start(trial, "300 inputs", given, shapes(*dims), weight_scale=0.02)
    trial.that("self.reg is reg", getattr(net, "reg", None) == 0.7, "reg is not kept")
    usual = shapes(3072, 100, 10)
    net = require_start(trial, "all by default", {}, usual, weight_scale=1e-3)
    trial.that("self.reg is 0 by default", getattr(net, "reg", None) == 0, "reg is not kept")


def scores_of(X, W1, b1, W2, b2):
    """The net's scores, also for complex parameters."""
    return relu(X.reshape(len(X), -1) @ W1 + b1) @ W2 + b2


def loss_of(X, y, reg, **params):
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return softmax(scores_of(X, **params), y) + reg / 2 * penalty


def cases():
    """(title, dims, reg, params, X, y)."""
    random = np.random.RandomState(1)
    for title, shape, H, y, C, reg in [
        ("pictures, reg 0", (2, 2), 5, [0, 2, 1], 3, 0.0),
        ("pictures, reg 0.4", (2, 1, 3), 5, [0, 2, 1, 0], 3, 0.4),
        ("flat rows", (5,), 2, [3, 1, 1], 4, 1.5),
        ("one example", (3,), 4, [0], 2, 0.1),
        ("one hidden unit, and all labels 0", (2,), 1, [0, 0, 0, 0, 0], 3, 0.2),
        ("as many of everything", (3,), 3, [2, 0, 2], 3, 0.3),
    ]:
        dims = int(np.prod(shape)), H, C
        params = {name: random.normal(size=size) for name, size in shapes(*dims).items()}
        yield title, dims, reg, params, random.normal(size=(len(y), *shape)), np.array(y)


def far():
    """(title, dims, reg, params, X, y): scores of any size, and up to 600 apart."""
    _, dims, reg, params, X, y = list(cases())[-1]
    for title, b2 in [
        ("scores 600 apart", [0, 600, 300]),
        ("scores of 1,000", [1000, 1003, 1001]),
        ("scores of -1,000", [-1000, -1003, -1001]),
        ("scores of a million", [1e6, 1e6 + 600, 1e6]),
    ]:
        yield title, dims, reg, {**params, "b2": np.array(b2, dtype=float)}, X, y


@battery(
    "TwoLayerNet.loss",
    returns={"loss": "number", "grads": "dict"},
    needs=[
        "TwoLayerNet.__init__", "affine_forward", "relu_forward", "softmax_loss",
        "affine_backward", "relu_backward",
    ],
    home=HOME,
)  # fmt: skip
def two_layer_loss(trial):
    for title, dims, reg, params, X, y in cases():
        require_scores(trial, f"{title}, no labels", net_with(trial, dims, reg, params), params, X)
        require_loss(trial, title, net_with(trial, dims, reg, params), params, X, y)
    for title, dims, reg, params, X, y in far():
        require_loss(trial, title, net_with(trial, dims, reg, params), params, X, y)


def net_with(trial, dims, reg, params):
    net = trial.owner(**sizes(*dims), reg=reg)
    replace_params(net, params)
    return net


def require_scores(trial, title, net, params, X):
    got = trial.call(title, {"self": net, "X": X}, returns={"scores": "array"})
    expected = scores_of(X, **params)
    bias = np.broadcast_to(params["b2"], expected.shape)
    trial.close("scores", got, expected, parts={"the bias b2": bias})


def require_loss(trial, title, net, params, X, y):
    loss, grads = trial.call(title, {"self": net, "X": X, "y": y})
    penalty = {name: net.reg / 2 * np.sum(params[name] ** 2) for name in ("W1", "W2")}
    parts = {f"{name}'s regularisation": part for name, part in penalty.items()}
    parts["the regularisation"] = sum(penalty.values())
    counts = {"N": len(X)}
    trial.close("loss", loss, loss_of(X, y, net.reg, **params), parts=parts, counts=counts)
    names = ", ".join(sorted(map(str, grads)))
    trial.that("grads has W1, W2, b1, b2", grads.keys() == params.keys(), f"it has {names}")
    for name, w in params.items():
        expected = slope(lambda **moved: loss_of(X, y, net.reg, **moved), params, name)
        parts = {f"{name}'s regularisation": net.reg * w}
        trial.close(f"d{name}", grads[name], expected, atol=1e-9, parts=parts, counts=counts)


# How many of 8 validation pictures are right: before training, and after each of three epochs.
WELL_MIXED = [
    [[0, 3, 5, 4], [1, 2, 2, 7]],
    [[2, 6, 3, 1], [0, 0, 4, 4]],
    [[0, 1, 3, 2], [0, 1, 1, 5]],
]
EQUALS = [
    [[0, 1, 1, 2], [0, 2, 6, 6]],
    [[0, 6, 5, 5], [0, 0, 0, 6]],
    [[1, 1, 1, 1], [0, 3, 3, 3]],
]
NEVER_RIGHT = [[[0, 0, 0, 0], [0, 0, 0, 0]]] * 3


@battery("tune_two_layer_net", returns={"results": "dict", "best": "anything"}, home=HOME)
def tune_two_layer_net(trial):
    try_grid(trial, "three hidden sizes, two rates", WELL_MIXED, best=(0, 1))
    try_grid(trial, "equally good ones", EQUALS, best=(0, 1))
    try_grid(trial, "no validation picture is ever right", NEVER_RIGHT, best=(0, 0))
    with patch.object(parallel, "Parallel", OneAfterTheOther):
        title = "n_jobs = 2, in processes of their own"
        try_grid(trial, title, WELL_MIXED, best=(0, 1), n_jobs=2)


def try_grid(trial, title, right, best, n_jobs=1):
    """right: a course for each hidden size and rate. best: the position of the best in it."""
    hidden_dims, rates, reg = [7, 5, 6], [0.5, 0.125], 0.75
    known = {
        (hidden_dim, rate, reg): right[i][j]
        for i, hidden_dim in enumerate(hidden_dims)
        for j, rate in enumerate(rates)
    }
    # In training the last settings are best, whatever validation says.
    in_training = {setting: [0, 4, 8, 9 + i] for i, setting in enumerate(known)}
    nets = KnownNets(known, in_training)
    inputs = {
        "data": nets.data,
        "hidden_dims": hidden_dims,
        "learning_rates": rates,
        "regs": [reg],
        "num_epochs": 3,
        "batch_size": 5,
        "n_jobs": n_jobs,
        "make_net": nets,
    }
    results, found = trial.call(title, inputs, may_change=["make_net"], random=True)
    pairs = f"they are {list(results)}"
    claim = "the keys of results are the triples (hidden_dim, learning_rate, reg)"
    trial.that(claim, set(results) == set(known), pairs)
    if n_jobs == 1:
        require_trainings(trial, known)
    accuracies = [results[setting] for setting in known]
    trial.close("accuracies", accuracies, [max(course) / 8 for course in known.values()])
    kind = "None" if found is None else f"a {type(found).__name__}"
    cause = f"best is {kind}, where the trained net itself is meant"
    trial.that("best is one of the nets", hasattr(found, "settings"), cause)
    expected = hidden_dims[best[0]], rates[best[1]], reg
    trial.close("settings of the best", found.settings, expected)


def require_trainings(trial, known):
    nets = [net for net in trial.case.inputs["make_net"].made if net.batches]
    count = np.array(len(nets))
    trial.close("the number of nets that were trained", count, len(known))
    trial.close("D and C, which follow from the data", [net.dims for net in nets], [(6, 4)] * 6)
    steps = [sum(net.batches) for net in nets]
    trial.close("pictures that each net has seen, in num_epochs epochs", steps, [60] * len(known))
    sizes = [net.batches[0] for net in nets]
    trial.close("the size of a minibatch", sizes, [5] * len(known))
    settings = sorted(net.settings for net in nets)
    trial.close("settings of the trainings", settings, sorted(known))
