"""Further cases of the three-layer ConvNet."""

import numpy as np

from cs231n.course.batteries.classifiers.starts import require_start
from cs231n.course.batteries.layers.convolution import convolution
from cs231n.course.batteries.layers.pooling import pooled
from cs231n.course.checking.battery import battery
from cs231n.course.checking.slopes import slope
from cs231n.course.checking.stand_ins import replace_params

NAMES = ("W3", "b3", "W2", "b2", "W1", "b1")  # from the loss back


def shapes(input_dim, num_filters, filter_size, hidden_dim, num_classes):
    C, H, W = input_dim
    return {
        "W1": (num_filters, C, filter_size, filter_size),
        "b1": (num_filters,),
        "W2": (num_filters * (H // 2) * (W // 2), hidden_dim),
        "b2": (hidden_dim,),
        "W3": (hidden_dim, num_classes),
        "b3": (num_classes,),
    }


def sizes(input_dim, num_filters, filter_size, hidden_dim, num_classes):
    return {
        "input_dim": input_dim,
        "num_filters": num_filters,
        "filter_size": filter_size,
        "hidden_dim": hidden_dim,
        "num_classes": num_classes,
    }


@battery("ThreeLayerConvNet.__init__", returns={})
def three_layer_init(trial):
    for dims in [((4, 8, 6), 50, 5, 90, 70), ((1, 2, 4), 60, 9, 60, 80)]:
        given = {**sizes(*dims), "weight_scale": 0.02, "reg": 0.7}
        title = "pictures {} x {} x {}".format(*dims[0])
        net = require_start(trial, title, given, shapes(*dims), weight_scale=0.02)
        trial.that("self.reg is reg", getattr(net, "reg", None) == 0.7, "reg is not kept")
    usual = shapes((3, 32, 32), 32, 7, 100, 10)
    net = require_start(trial, "all by default", {}, usual, weight_scale=1e-3)
    trial.that("self.reg is 0 by default", getattr(net, "reg", None) == 0, "reg is not kept")
    for dtype in (np.float32, np.float64):
        require_type(trial, dtype)


def require_type(trial, dtype):
    """All parameters are of the type that is asked for, or all of them are float64."""
    given = {**sizes((1, 2, 2), 1, 1, 1, 2), "weight_scale": 1.0, "reg": 0.0, "dtype": dtype}
    net = trial.new(f"{np.dtype(dtype)} asked for", given)
    kinds = sorted({str(w.dtype) for w in net.params.values()})
    if kinds != ["float64"] or dtype == np.float64:
        mixed = f"they are {' and '.join(kinds)}"
        trial.that(f"all params are {np.dtype(dtype)}", kinds == [np.dtype(dtype).name], mixed)
    if kinds == ["float32"]:
        kept = getattr(net, "dtype", None)
        cause = f"self.dtype is {kept}: dtype is not kept"
        trial.that("self.dtype is dtype", kept == dtype, cause)


def scores_of(X, W1, b1, W2, b2, W3, b3):
    """The net's scores, also for complex parameters."""
    pad = (W1.shape[2] - 1) // 2
    maps = positive(convolution(X, W1, b1, {"stride": 1, "pad": pad}))
    maps = pooled(maps, {"pool_height": 2, "pool_width": 2, "stride": 2})
    hidden = positive(maps.reshape(len(X), -1) @ W2 + b2)
    return hidden @ W3 + b3


def loss_of(X, y, reg, **params):
    scores = scores_of(X, **params)
    shifted = scores - scores.real.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    penalty = sum(np.sum(w * w) for name, w in params.items() if name[0] == "W")
    return np.mean(log_sums - shifted[np.arange(len(y)), y]) + 0.5 * reg * penalty


def positive(x):
    return np.where(x.real > 0, x, 0)


def cases():
    """(title, dims, reg, params, X, y): every size differs, filters of 1, 3 and 5 pixels."""
    random = np.random.RandomState(54)
    for title, dims, reg in [
        ("3 x 3 filters, reg 0", ((3, 4, 6), 2, 3, 4, 3), 0.0),
        ("3 x 3 filters, reg 0.4", ((3, 4, 6), 2, 3, 4, 3), 0.4),
        ("5 x 5 filters", ((1, 6, 2), 3, 5, 2, 4), 0.2),
        ("filters of one pixel", ((2, 2, 4), 4, 1, 3, 2), 1.5),
    ]:
        params = {name: random.uniform(-1, 1, size=shape) for name, shape in shapes(*dims).items()}
        X = random.uniform(-1, 1, size=(5, *dims[0]))
        yield title, dims, reg, params, X, np.arange(5) * 3 % dims[-1]


@battery(
    "ThreeLayerConvNet.loss",
    returns={"loss": "number", "grads": "dict"},
    needs=[
        "ThreeLayerConvNet.__init__", "affine_forward", "relu_forward", "softmax_loss",
        "affine_backward", "relu_backward",
    ],
    maybe=[
        "conv_forward_naive", "conv_backward_naive",
        "max_pool_forward_naive", "max_pool_backward_naive",
    ],
)  # fmt: skip
def three_layer_loss(trial):
    for title, dims, reg, params, X, y in cases():
        require_scores(trial, title, net_with(trial, dims, reg, params), params, X)
        require_loss(trial, title, net_with(trial, dims, reg, params), params, X, y)
    for title, shift in [("scores 600 apart", 600.0), ("scores of a million", 1e6)]:
        far = {**params, "b3": np.array([0.0, 600.0]) + (shift if shift > 600 else 0)}
        require_loss(trial, title, net_with(trial, dims, reg, far), far, X, y)
    require_single(trial, *next(cases()))


def net_with(trial, dims, reg, params, dtype=np.float64):
    net = trial.owner(**sizes(*dims), reg=reg, dtype=dtype)
    replace_params(net, params)
    return net


def require_scores(trial, title, net, params, X):
    got = trial.call(title, {"self": net, "X": X}, returns={"scores": "array"})
    expected = scores_of(X, **params)
    bias = np.broadcast_to(params["b3"], expected.shape)
    trial.close("scores", got, expected, parts={"the bias b3": bias})


def require_loss(trial, title, net, params, X, y):
    loss, grads = trial.call(title, {"self": net, "X": X, "y": y})
    penalty = {name: net.reg / 2 * np.sum(w**2) for name, w in params.items()}
    parts = {f"{name}'s regularisation": part for name, part in penalty.items()}
    parts["the regularisation"] = sum(penalty[name] for name in ("W1", "W2", "W3"))
    counts = {"N": len(X)}
    trial.close("loss", loss, loss_of(X, y, net.reg, **params), parts=parts, counts=counts)
    lost = sorted(params.keys() ^ grads.keys())
    cause = f"{', '.join(lost)}: too few or too many"
    trial.that(f"grads has the names of params ({title})", not lost, cause)
    for name in NAMES:
        expected = slope(lambda **moved: loss_of(X, y, net.reg, **moved), params, name)
        parts = {f"{name}'s regularisation": net.reg * params[name]}
        trial.close(f"d{name}", grads[name], expected, parts=parts, counts=counts)


def require_single(trial, title, dims, reg, params, X, y):
    """A net of float32 with pictures of float32 has the same loss, but for its precision."""
    params = {name: w.astype(np.float32) for name, w in params.items()}
    net = net_with(trial, dims, reg, params, dtype=np.float32)
    loss, _ = trial.call("a float32 net", {"self": net, "X": X.astype(np.float32), "y": y})
    trial.close("loss", loss, loss_of(X, y, reg, **params), rtol=1e-4)
