"""Further cases of the two-layer net."""

from itertools import product
from unittest.mock import patch

import numpy as np

from cs231n.course.batteries.classifiers.starts import require_own_numbers, require_start
from cs231n.course.batteries.layers.activations import relu
from cs231n.course.batteries.layers.losses import softmax
from cs231n.course.checking.battery import battery
from cs231n.course.checking.copies import fresh
from cs231n.course.checking.known_nets import KnownNets
from cs231n.course.checking.slopes import slope
from cs231n.course.checking.stand_ins import OneAfterTheOther, replace_params
from cs231n.course.data.on_demand import OnDemand
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
    given = {**sizes(*dims), "weight_scale": 0.04, "reg": 0.7}
    net = require_start(trial, "300 inputs", given, shapes(*dims), weight_scale=0.04)
    trial.that("self.reg is reg", getattr(net, "reg", None) == 0.7, "reg is not kept")
    require_own_numbers(trial, net, trial.new("300 inputs, once more", given))
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
    require_present(trial, dims, reg, params, X, y)
    for title, dims, reg, params, X, y in far():
        require_loss(trial, title, net_with(trial, dims, reg, params), params, X, y)


def require_present(trial, dims, reg, params, X, y):
    """That a net computes with parameters and examples of the moment, as training needs it."""
    used = net_with(trial, dims, reg, params)
    _, grads = trial.function(used, X, y)
    first = fresh(grads)
    moved = {name: 1.5 - w for name, w in params.items()}
    replace_params(used, moved)
    trial.function(used, X, y)
    trial.that(
        "gradients stay as they are in the next call",
        all(np.array_equal(grads[name], grad) for name, grad in first.items()),
        "the net keeps one array and fills it anew: each call needs arrays of its own",
    )
    # What the calls before left in the net is the answer's own affair.
    own = [f"self.{name}" for name in vars(used) if name != "params"]
    title = "new parameters and other examples in a net that has been used"
    require_scores(trial, f"{title}, no labels", used, moved, X - 1, may_change=own)
    require_loss(trial, title, used, moved, X - 1, y, may_change=own)


def net_with(trial, dims, reg, params):
    net = trial.owner(**sizes(*dims), reg=reg)
    replace_params(net, params)
    return net


def require_scores(trial, title, net, params, X, may_change=()):
    scores = {"scores": "array"}
    got = trial.call(title, {"self": net, "X": X}, returns=scores, may_change=may_change)
    expected = scores_of(X, **params)
    bias = np.broadcast_to(params["b2"], expected.shape)
    trial.close("scores", got, expected, parts={"the bias b2": bias})


def require_loss(trial, title, net, params, X, y, may_change=()):
    loss, grads = trial.call(title, {"self": net, "X": X, "y": y}, may_change=may_change)
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


# Of 8 validation pictures, right after each of three epochs: for three hidden sizes, each with two
# rates, each with four strengths.
WELL_MIXED = [
    [[[3, 5, 4], [2, 2, 5], [1, 3, 3], [3, 1, 0]], [[2, 2, 6], [4, 5, 6], [0, 1, 1], [2, 0, 2]]],
    [[[4, 3, 3], [1, 4, 4], [5, 3, 1], [0, 0, 3]], [[2, 5, 5], [2, 7, 4], [1, 6, 5], [6, 6, 6]]],
    [[[1, 3, 2], [1, 1, 5], [1, 2, 2], [4, 2, 3]], [[1, 0, 2], [2, 2, 0], [5, 5, 5], [0, 1, 3]]],
]
EQUALS = [[[[1, 1, 2]], [[2, 6, 6]]], [[[6, 5, 5]], [[0, 0, 6]]], [[[1, 1, 1]], [[3, 3, 3]]]]
NEVER_RIGHT = [[[[0, 0, 0]]], [[[0, 0, 0]]]]
ONE = [[[[3, 5, 2]]]]


@battery("tune_two_layer_net", returns={"results": "dict", "best": "anything"}, home=HOME)
def tune_two_layer_net(trial):
    try_grid(trial, "sizes, rates and strengths", WELL_MIXED, best=(1, 1, 1))
    try_grid(trial, "equally good ones", EQUALS, best=(0, 1, 0))
    try_grid(trial, "no validation picture is ever right", NEVER_RIGHT, best=(0, 0, 0))
    try_grid(trial, "one of each", ONE, best=(0, 0, 0))
    title = "pictures made when they are asked for, as in this notebook"
    try_grid(trial, title, EQUALS, best=(0, 1, 0), on_demand=True)
    with patch.object(parallel, "Parallel", OneAfterTheOther):
        title = "n_jobs = 2, in processes of their own"
        try_grid(trial, title, EQUALS, best=(0, 1, 0), n_jobs=2)


def try_grid(trial, title, right, best, n_jobs=1, on_demand=False):
    """right: a course for each size, rate and strength. best: the position of the best in it."""
    shape = np.shape(right)
    hidden_dims = [7, 5, 6][: shape[0]]
    rates, regs = [0.5, 0.125][: shape[1]], [0.75, 0.0, 3.0, 0.25][: shape[2]]
    settings = list(product(hidden_dims, rates, regs))
    known = dict(zip(settings, np.reshape(right, (-1, 3)).tolist(), strict=True))
    # In training the last settings are best, whatever validation says.
    in_training = {setting: [4, 8, min(20, 9 + i)] for i, setting in enumerate(known)}
    nets = KnownNets(known, in_training)
    data = dict(nets.data)
    if on_demand:
        data["X_train"] = OnDemand(data["X_train"], prepare=np.copy)
    inputs = {
        "data": data,
        "hidden_dims": hidden_dims,
        "learning_rates": rates,
        "regs": regs,
        "num_epochs": 3,
        "batch_size": 5,
        "n_jobs": n_jobs,
        "make_net": nets,
    }
    results, found = trial.call(title, inputs, may_change=["make_net"], random=True)
    require_keys(trial, results, known)
    if n_jobs == 1:
        require_trainings(trial, known)
    accuracies = [results[setting] for setting in known]
    trial.close("accuracies", accuracies, [max(course) / 8 for course in known.values()])
    expected = tuple(each[i] for each, i in zip((hidden_dims, rates, regs), best, strict=True))
    require_best(trial, found, nets.data, expected, max(known[expected]) / 8)


def require_keys(trial, results, known):
    such = f", such as {next(iter(results))}" if results else ""
    claim = "the keys of results are the triples (hidden_dim, learning_rate, reg)"
    trial.that(claim, set(results) == set(known), f"there are {len(results)}{such}")


def require_trainings(trial, known):
    made = trial.case.inputs["make_net"].made
    nets = [net for net in made if net.batches]
    count = f"{len(nets)} of {len(made)} that were made were trained"
    trial.that(
        f"a net is trained for each of {len(known)} settings", len(nets) == len(known), count
    )
    trial.close("D and C, for each net", [net.dims for net in nets], [(12, 4)] * len(known))
    trial.close(
        "sizes of the first minibatches", [net.batches[0] for net in nets], [5] * len(known)
    )
    seen = [sum(net.batches) / 20 for net in nets]
    trial.close("epochs, for each net", seen, [3] * len(known))
    settings = sorted(net.settings for net in nets)
    trial.close("settings of the trainings, sorted", settings, sorted(known))


def require_best(trial, found, data, expected, accuracy):
    kind = "None" if found is None else f"a {type(found).__name__}"
    cause = f"best is {kind}, where the trained net itself is meant"
    trial.that("best is one of the nets", hasattr(found, "settings"), cause)
    trial.close("settings of the best", found.settings, expected)
    right = found.loss(data["X_val"]).argmax(axis=1) == data["y_val"]
    trial.close("the accuracy that best has", np.mean(right), accuracy)
