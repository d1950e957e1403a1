"""Further cases of the fully connected net.

Notebook 08 builds the plain net, 10 adds normalization and dropout: stages of the same exercises.
"""

import re
from itertools import pairwise, product

import numpy as np

from cs231n.course.batteries.classifiers.starts import require_own_numbers, require_start
from cs231n.course.checking.battery import battery
from cs231n.course.checking.copies import cast
from cs231n.course.checking.slopes import slope
from cs231n.course.checking.stand_ins import replace_params
from cs231n.course.checking.trial import RTOL

# --- FullyConnectedNet.__init__

MADE = {"nothing": "anything"}
DEPTHS = {
    "four hidden layers": [6, 5, 8, 7],
    "one hidden layer": [5],
    "no hidden layer: hidden_dims=[]": [],
}


def settings(**given):
    """All arguments of FullyConnectedNet.__init__, in order, for a net of 12 inputs."""
    return {
        "hidden_dims": [6, 5], "input_dim": 12, "num_classes": 3, "dropout_keep_ratio": 1,
        "normalization": None, "reg": 0.0, "weight_scale": 1e-2, "dtype": np.float32, "seed": None,
    } | given  # fmt: skip


@battery("FullyConnectedNet.__init__", returns=MADE)
def init(trial):
    for title, hidden_dims in DEPTHS.items():
        net = trial.new(title, settings(hidden_dims=hidden_dims, reg=0.7))
        params = params_of(trial, net, title)
        sizes = [12, *hidden_dims, 3]
        require_names(trial, params, {"W": len(sizes) - 1, "b": len(sizes) - 1})
        for i, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
            trial.close(f"W{i}", np.zeros(np.shape(params[f"W{i}"])), np.zeros((inputs, outputs)))
            trial.close(f"b{i}", params[f"b{i}"], np.zeros(outputs))
        trial.close("self.reg", getattr(net, "reg", None), 0.7)
    require_types(trial)
    require_stream(trial)
    require_spread(trial)


def params_of(trial, net, title):
    params = getattr(net, "params", None)
    claim = f"self.params is a dict ({title})"
    trial.that(claim, isinstance(params, dict), f"it is a {type(params).__name__}")
    return params


def require_names(trial, params, counts):
    """That params has W1, W2, … up to the number that counts has for W, and so on; and no more."""
    for letters in ("W", "b", "gamma", "beta"):
        found = [re.fullmatch(rf"{letters}(\d+)", str(name)) for name in params]
        numbers = sorted(int(match[1]) for match in found if match)
        title = f"the list of the numbers behind {letters} in the names of params"
        trial.close(title, numbers, np.arange(1, counts.get(letters, 0) + 1))
    others = [name for name in params if not re.fullmatch(r"(W|b|gamma|beta)\d+", str(name))]
    trial.that(
        "params has no names but W, b, gamma, beta and a number", not others, f"got {others}"
    )


def require_types(trial, **given):
    for dtype in (np.float32, np.float64):
        title = f"dtype=np.{np.dtype(dtype)}"
        net = trial.new(title, settings(dtype=dtype, **given))
        params = params_of(trial, net, title)
        types = {name: str(np.asarray(params[name]).dtype) for name in sorted(params)}
        right = np.array([each == np.dtype(dtype) for each in types.values()])
        claim = f"all params are {np.dtype(dtype)} ({title})"
        trial.that(claim, right.all(), f"got {types}", got=right)
        kept = getattr(net, "dtype", None)
        trial.that(f"self.dtype is kept ({title})", kept == dtype, f"it is {kept}")


def drawn(trial, start, **given):
    """W1, W2, … of a net, drawn after np.random.seed(start); and the next number of the stream."""
    np.random.seed(start)
    net = trial.new("weights drawn at random", settings(**given))
    weights = [w for name, w in net.params.items() if name[0] == "W"]
    return np.concatenate([np.ravel(w) for w in weights]), np.random.rand()


def require_stream(trial):
    """The weights come from numpy's global stream, and leave it as any draws do."""
    first, following = drawn(trial, 1)
    again, _ = drawn(trial, 1)
    other, other_following = drawn(trial, 2)
    seeded, seeded_following = drawn(trial, 1, seed=5)
    alike, cause = np.ptp(first) == 0, "they are not drawn at random"
    trial.that("the weights are not all the same", not alike, cause, got=first)
    trial.that(
        "np.random.seed(1) before it is made gives a net the same weights again",
        np.array_equal(first, again),
        "the weights are not drawn by np.random.randn or np.random.normal",
    )
    trial.that(
        "another np.random.seed before it is made gives a net other weights",
        not np.array_equal(first, other) and following != other_following,
        "the random numbers are seeded inside: each net starts alike",
    )
    trial.that(
        "the argument seed is for dropout, and changes nothing in the weights",
        np.array_equal(first, seeded) and following == seeded_following,
        "seed is put into self.dropout_param, and no numbers are seeded with it here",
    )


def require_spread(trial):
    """The weights are gaussian, weight_scale wide; nets and layers have numbers of their own."""
    sizes = {"hidden_dims": [120, 110], "input_dim": 300, "num_classes": 90, "dtype": np.float64}
    scale, larger = 0.02, 0.08
    few, _ = drawn(trial, 1, weight_scale=scale)
    many, _ = drawn(trial, 1, weight_scale=larger)
    title = f"the weights for weight_scale={larger}, the same draws, as multiples of those for"
    trial.close(f"{title} {scale}", np.divide(many, few), np.full(few.shape, larger / scale))
    given = settings(weight_scale=scale, **sizes)
    widths = [sizes["input_dim"], *sizes["hidden_dims"], sizes["num_classes"]]
    shapes = {f"W{i}": pair for i, pair in enumerate(pairwise(widths), start=1)}
    shapes |= {f"b{i}": (wide,) for i, wide in enumerate(widths[1:], start=1)}
    net = require_start(trial, "a large net", given, shapes, weight_scale=scale)
    require_own_numbers(trial, net, trial.new("a large net, once more", given))


def lacks_normalization(kind):
    net = kind(**settings(normalization="batchnorm"))
    return not any(name.startswith(("gamma", "beta")) for name in net.params)


def lacks_dropout(kind):
    return not getattr(kind(**settings(dropout_keep_ratio=0.5)), "dropout_param", None)


def without(lacks):
    """For a stage of __init__: its id where it makes nets that lack something."""
    return lambda trial: trial.exercise if lacks(trial.owner) else None


@battery(
    "FullyConnectedNet.__init__", returns=MADE,
    stage="normalization", begun=without(lacks_normalization),
)  # fmt: skip
def init_normalization(trial):
    for kind, hidden_dims in product(("batchnorm", "layernorm", None), ([6, 5], [])):
        title = f"normalization={kind!r}, hidden_dims={hidden_dims}"
        net = trial.new(title, settings(normalization=kind, hidden_dims=hidden_dims))
        params = params_of(trial, net, title)
        normalized = hidden_dims if kind else []
        layers, hidden = len(hidden_dims) + 1, len(normalized)
        require_names(trial, params, {"W": layers, "b": layers, "gamma": hidden, "beta": hidden})
        for i, size in enumerate(normalized, start=1):
            trial.close(f"gamma{i}", params[f"gamma{i}"], np.ones(size))
            trial.close(f"beta{i}", params[f"beta{i}"], np.zeros(size))
        kept = getattr(net, "normalization", "not there")
        trial.that(f"self.normalization is {kind!r} ({title})", kept == kind, f"it is {kept!r}")
        require_bn_params(trial, title, getattr(net, "bn_params", None), len(normalized), kind)
    require_types(trial, normalization="layernorm")


def require_bn_params(trial, title, bn_params, count, kind):
    is_list = isinstance(bn_params, list) and all(isinstance(each, dict) for each in bn_params)
    trial.that(f"self.bn_params is a list of dicts ({title})", is_list, f"it is {bn_params!r}")
    trial.close("the number of dicts in self.bn_params", len(bn_params), count)
    cause = "[{…}] * 2 is one dict twice: the layers would share their running averages"
    apart = len({id(each) for each in bn_params}) == count
    trial.that(f"each hidden layer has a dict of its own in self.bn_params ({title})", apart, cause)
    if kind == "batchnorm":
        modes = [each.get("mode") for each in bn_params]
        claim = f"the mode in each of self.bn_params is 'train' at first ({title})"
        trial.that(claim, modes == ["train"] * count, f"got {modes}")


@battery(
    "FullyConnectedNet.__init__", returns=MADE,
    stage="dropout", begun=without(lacks_dropout),
)  # fmt: skip
def init_dropout(trial):
    for title, seed, kind in (
        ("a seed", 7, None),
        ("a seed of 0", 0, "layernorm"),
        ("no seed", None, "batchnorm"),
    ):
        given = settings(dropout_keep_ratio=0.25, normalization=kind, seed=seed)
        param = dropout_param_of(trial, trial.new(title, given), title)
        trial.close("self.dropout_param['p']", param.get("p"), 0.25)
        claim = f"the mode in self.dropout_param is 'train' at first ({title})"
        trial.that(claim, param.get("mode") == "train", f"self.dropout_param is {param}")
        claim = f"self.dropout_param has the seed that was given, and no other ({title})"
        trial.that(claim, param.get("seed") == seed, f"self.dropout_param is {param}")
    title = "dropout_keep_ratio=1"
    param = dropout_param_of(trial, trial.new(title, settings(seed=7)), title)
    trial.that(f"self.dropout_param is empty ({title})", param == {}, f"it is {param}")


def dropout_param_of(trial, net, title):
    param = getattr(net, "dropout_param", None)
    trial.that(f"self.dropout_param is a dict ({title})", isinstance(param, dict), f"it is {param}")
    return param


# --- FullyConnectedNet.loss: the same net in other words, good for complex numbers

AXES = {"batchnorm": 0, "layernorm": 1}


def affine(params, i, x):
    return np.einsum("nd,dm->nm", x, params[f"W{i}"]) + params[f"b{i}"]


def standard(z, mean, variance):
    return (z - mean) / (variance + 1e-5) ** 0.5


def statistics(z, axis):
    mean = z.sum(axis, keepdims=True) / z.shape[axis]
    return mean, ((z - mean) ** 2).sum(axis, keepdims=True) / z.shape[axis]


def forward(params, X, kind=None, masks=None, averages=None):
    """(scores, what each normalization was given). masks: of dropout, one a hidden layer.

    averages: (mean, variance) for each hidden layer, which batch normalization takes at test time.
    """
    layers, seen = depth_of(params), []
    x = X.reshape(len(X), -1)
    for i in range(1, layers):
        z = affine(params, i, x)
        seen.append(z)
        if kind:
            z = standard(z, *(averages[i - 1] if averages else statistics(z, AXES[kind])))
            z = params[f"gamma{i}"] * z + params[f"beta{i}"]
        x = np.where(z.real > 0, z, 0) * (1 if masks is None else masks[i - 1])
    return affine(params, layers, x), seen


def loss_of(params, X, y, reg=0.0, **net):
    scores, _ = forward(params, X, **net)
    scores = scores - scores.real.max(axis=1, keepdims=True)
    data = np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])
    return data + 0.5 * reg * sum(np.sum(w**2) for name, w in params.items() if name[0] == "W")


def averages_of(params, batches, masks=None):
    """What batch normalization remembers of these batches, with momentum 0.9."""
    running = [(0.0, 0.0)] * (depth_of(params) - 1)
    for batch in batches:
        _, seen = forward(params, batch, "batchnorm", masks)
        new = [statistics(z, 0) for z in seen]
        running = [
            (0.9 * mean + 0.1 * m, 0.9 * var + 0.1 * v)
            for (mean, var), (m, v) in zip(running, new, strict=True)
        ]
    return running


def depth_of(params):
    return sum(name[0] == "W" for name in params)


# --- what is tried

LOSS = {"loss": "number", "grads": "dict"}
SCORES = {"scores": "array"}
OF_ANY_TYPE = {"scores": "labels"}
LAYERS = ["affine_forward", "relu_forward", "softmax_loss", "affine_backward", "relu_backward"]


def example(hidden_dims, examples=6, kind=None, seed=1):
    """(params, X, y): a net for pictures of 2 x 2 and 3 classes, its units on and off.

    The params stand in the order of the way back: of wrong gradients the first is told of.
    """
    random = np.random.RandomState(seed)
    sizes, params = [4, *hidden_dims, 3], {}
    for i in range(len(sizes) - 1, 0, -1):
        if kind and i <= len(hidden_dims):
            params[f"beta{i}"] = random.normal(size=sizes[i])
            params[f"gamma{i}"] = 1 + 0.5 * random.normal(size=sizes[i])
        params[f"b{i}"] = 0.5 * random.normal(size=sizes[i])
        params[f"W{i}"] = random.normal(size=(sizes[i - 1], sizes[i]))
    X = random.normal(size=(examples, 2, 2))
    return params, X, np.array([2, 0, 1, 1, 2, 0])[:examples]


def net_with(trial, params, dtype=np.float64, **given):
    """A net with these params, made by its own `__init__`."""
    last = depth_of(params)
    net = trial.owner(
        [len(params[f"b{i}"]) for i in range(1, last)],
        input_dim=len(params["W1"]),
        num_classes=len(params[f"b{last}"]),
        dtype=dtype,
        **given,
    )
    replace_params(net, cast(params, dtype))
    return net


def try_loss(trial, title, net, params, X, y, **more):
    """Loss and all gradients of a net of float64, in training."""
    inputs = {"self": net, "X": X, "y": y}
    loss, grads = trial.call(title, inputs, may_change=["self.bn_params"])
    trial.close("loss", loss, loss_of(params, X, y, **more))
    require_grads(trial, title, params, grads)
    slopes = {
        name: slope(lambda **params: loss_of(params, X, y, **more), params, name) for name in params
    }
    size = max(np.max(np.abs(each)) for each in slopes.values())
    for name in params:
        trial.close(f"d{name}", grads[name], slopes[name], atol=RTOL * size)


def require_grads(trial, title, params, grads):
    missing, more = params.keys() - grads.keys(), grads.keys() - params.keys()
    claim = f"grads has the names of params ({title})"
    cause = f"missing: {sorted(missing)}, and of no use: {sorted(map(str, more))}"
    trial.that(claim, not missing | more, cause, got=np.array([len(missing), len(more)]))


def try_single(trial, title, params, X, y, options, **more):
    """A net of float32 computes in float32, gradients too, and to its precision."""
    net = net_with(trial, params, np.float32, reg=0.4, **options)
    inputs = {"self": net, "X": X.astype(np.float32), "y": y}
    loss, grads = trial.call(title, inputs, may_change=["self.bn_params"])
    trial.close("loss", loss, loss_of(params, X, y, 0.4, **more), rtol=1e-4)
    types = {name: str(np.asarray(grad).dtype) for name, grad in grads.items()}
    single = set(types.values()) == {"float32"}
    trial.that(f"all gradients of a float32 net are float32 ({title})", single, f"got {types}")


@battery(
    "FullyConnectedNet.loss", returns=LOSS,
    needs=["FullyConnectedNet.__init__", *LAYERS],
)  # fmt: skip
def loss(trial):
    for title, hidden_dims, reg in (
        ("two hidden layers", [5, 2], 0.0),
        ("two hidden layers, reg", [5, 2], 0.4),
        ("no hidden layer: hidden_dims=[]", [], 0.4),
        ("four hidden layers", [4, 3, 5, 2], 0.4),
        ("one hidden layer, as wide as the pictures", [4], 0.4),
    ):
        params, X, y = example(hidden_dims)
        net = net_with(trial, params, reg=reg)
        scores = trial.call(f"scores, {title}", {"self": net, "X": X}, returns=SCORES)
        trial.close("scores", scores, forward(params, X)[0])
        try_loss(trial, title, net, params, X, y, reg=reg)
    params, X, y = example([3, 2], examples=1)
    try_loss(trial, "one example", net_with(trial, params), params, X, y)
    params, X, y = example([], examples=3)
    params["b1"] = np.array([600, 800, 1200.0])
    try_loss(trial, "scores of 600 to 1,200", net_with(trial, params), params, X, y)
    params, X, y = example([5, 2])
    try_single(trial, "a net of float32", params, X, y, {})
    try_pixels(trial)


def try_pixels(trial):
    """Whatever type the pictures are of, a net computes in its own."""
    params, X, _ = example([5, 2])
    X = np.clip(np.round(50 * X + 100), 0, 255)
    for dtype, pixels in product((np.float64, np.float32), (np.float64, np.float32, np.uint8)):
        title = f"a net of {np.dtype(dtype)}, pictures of {np.dtype(pixels)}"
        inputs = {"self": net_with(trial, params, dtype), "X": X.astype(pixels)}
        scores = trial.call(title, inputs, returns=OF_ANY_TYPE)
        right = forward(params, X.astype(pixels))[0]
        trial.close("scores", scores, right, rtol=RTOL if dtype == np.float64 else 1e-4)
        cause = f"they are {scores.dtype}"
        trial.that(f"the scores are {np.dtype(dtype)} ({title})", scores.dtype == dtype, cause)


# --- notebook 10: normalization and dropout

BATCHNORM, LAYERNORM = {"normalization": "batchnorm"}, {"normalization": "layernorm"}
DROPOUT = {"dropout_keep_ratio": 0.6, "seed": 5}


def knows(*options):
    """For a stage of loss: where `__init__` or loss does as if one of these were not asked for."""

    def missing(trial):
        for option in options:
            lacks = lacks_dropout if option is DROPOUT else lacks_normalization
            if lacks(trial.owner):
                return "FullyConnectedNet.__init__"
            if takes_no_notice(trial, option):
                return trial.exercise
        return None

    return missing


def takes_no_notice(trial, option):
    """Whether a net's loss is that of the plain net, although an option is asked for."""
    params, X, y = example([5, 2], kind=option.get("normalization"))
    plain = {name: w for name, w in params.items() if not name.startswith(("gamma", "beta"))}
    nets = net_with(trial, plain), net_with(trial, params, **option)
    try:
        losses = [float(trial.function(net, X, y)[0]) for net in nets]
    except NotImplementedError:
        raise
    except Exception:  # it has been begun, and is wrong
        return False
    return bool(np.isclose(*losses, rtol=1e-9))


def try_normalization(trial, kind):
    options = {"normalization": kind}
    for title, hidden_dims, reg in (
        ("two hidden layers", [5, 2], 0.0),
        ("two hidden layers, reg", [5, 2], 0.4),
        ("four hidden layers", [4, 3, 5, 2], 0.4),
        ("no hidden layer: hidden_dims=[]", [], 0.4),
    ):
        params, X, y = example(hidden_dims, kind=kind)
        net = net_with(trial, params, reg=reg, **options)
        try_loss(trial, f"{kind}, {title}", net, params, X, y, reg=reg, kind=kind)
    params, X, y = example([5, 2], kind=kind)
    try_single(trial, f"{kind}, a net of float32", params, X, y, options, kind=kind)
    try_test_time(trial, kind)


def try_test_time(trial, kind):
    """Scores after three batches of training, and then training again."""
    params, X, y = example([3, 3], kind=kind)
    net, batches = net_with(trial, params, normalization=kind), (X, X[:3], X[2:5])
    averages = averages_of(params, batches) if kind == "batchnorm" else None
    for batch in batches:
        trial.function(net, batch.copy(), y[: len(batch)].copy())
    for title, some in (("two examples", X[:2]), ("one example", X[:1])):
        inputs = {"self": net, "X": some}
        title = f"{kind}, {title} at test time, after three batches of training"
        scores = trial.call(title, inputs, returns=SCORES, may_change=["self.bn_params"])
        trial.close("scores", scores, forward(params, some, kind, averages=averages)[0])
    trial.function(net, X.copy())
    try_loss(trial, f"{kind}, training after a look at scores", net, params, X, y, kind=kind)


@battery(
    "FullyConnectedNet.loss", returns=LOSS,
    needs=["FullyConnectedNet.__init__", *LAYERS, "batchnorm_forward", "batchnorm_backward"],
    maybe=["batchnorm_backward_alt"],
    stage="batchnorm", begun=knows(BATCHNORM),
)  # fmt: skip
def loss_batchnorm(trial):
    try_normalization(trial, "batchnorm")


@battery(
    "FullyConnectedNet.loss", returns=LOSS,
    needs=["FullyConnectedNet.__init__", *LAYERS, "layernorm_forward", "layernorm_backward"],
    stage="layernorm", begun=knows(LAYERNORM),
)  # fmt: skip
def loss_layernorm(trial):
    try_normalization(trial, "layernorm")


@battery(
    "FullyConnectedNet.loss", returns=LOSS,
    needs=["FullyConnectedNet.__init__", *LAYERS, "dropout_forward", "dropout_backward"],
    stage="dropout", begun=knows(BATCHNORM, LAYERNORM, DROPOUT),
)  # fmt: skip
def loss_dropout(trial):
    params, X, _ = example([5, 2])
    inputs = {"self": net_with(trial, params, **DROPOUT), "X": X}
    scores = trial.call("dropout, scores at test time", inputs, returns=SCORES)
    trial.close("scores", scores, forward(params, X)[0])
    for kind in (None, "batchnorm", "layernorm"):
        try_chance(trial, kind)
    for title, kind, hidden_dims, reg in (
        ("two hidden layers", None, [5, 2], 0.4),
        ("two hidden layers, batchnorm", "batchnorm", [5, 2], 0.4),
        ("two hidden layers, layernorm", "layernorm", [5, 2], 0.4),
        ("three hidden layers, batchnorm", "batchnorm", [3, 4, 2], 0.0),
        ("one hidden layer, layernorm", "layernorm", [4], 0.0),
        ("no hidden layer: hidden_dims=[]", None, [], 0.4),
    ):
        params, X, y = example(hidden_dims, kind=kind)
        options = {"normalization": kind, **DROPOUT}
        more = {"kind": kind, "masks": masks_of(trial, params, len(X))}
        net = net_with(trial, params, reg=reg, **options)
        try_loss(trial, f"dropout, {title}", net, params, X, y, reg=reg, **more)
        try_single(trial, f"dropout, {title}, float32", params, X, y, options, **more)
    for kind in (None, "batchnorm", "layernorm"):
        try_turns(trial, kind)


def try_turns(trial, kind):
    """Training, a look at scores, for which nothing is dropped, and training again."""
    params, X, y = example([5, 2], kind=kind)
    net = net_with(trial, params, normalization=kind, **DROPOUT)
    masks = masks_of(trial, params, len(X))
    averages = averages_of(params, [X], masks) if kind == "batchnorm" else None
    trial.function(net, X.copy(), y.copy())
    inputs, title = {"self": net, "X": X}, f"dropout and normalization={kind!r}, test time"
    scores = trial.call(title, inputs, returns=SCORES, may_change=["self.bn_params"])
    trial.close("scores", scores, forward(params, X, kind, averages=averages)[0])
    trial.function(net, X.copy())
    title = f"dropout and normalization={kind!r}, training after a look at scores"
    try_loss(trial, title, net, params, X, y, kind=kind, masks=masks)


def masks_of(trial, params, examples):
    """What dropout multiplies the units of each hidden layer with: a seed fixes it."""
    drop = trial.given("dropout_forward")
    param = {"mode": "train", "p": DROPOUT["dropout_keep_ratio"], "seed": DROPOUT["seed"]}
    sizes = [len(params[f"b{i}"]) for i in range(1, depth_of(params))]
    return [drop(np.ones((examples, size)), dict(param))[0] for size in sizes]


def try_chance(trial, kind):
    """One example, one unit a layer, each kept in half of the calls: so few losses are possible.

    Of four equally likely ones all come up in 80 calls, but for 4 * 0.75^80 < 1e-9.
    """
    params = {
        "W1": [[1.5]], "b1": [0.5], "W2": [[2]], "b2": [1], "W3": [[1, -1]], "b3": [0, 0.5],
        "gamma1": [1], "beta1": [2], "gamma2": [1], "beta2": [3],
    }  # fmt: skip
    params = {name: np.array(w, float) for name, w in params.items() if kind or len(name) == 2}
    X, y = np.ones((1, 1)), np.array([1])
    net = net_with(trial, params, normalization=kind, dropout_keep_ratio=0.5)
    losses = np.array([float(trial.function(net, X.copy(), y.copy())[0]) for _ in range(80)])
    masks = product((0, 2), repeat=2)
    possible = [loss_of(params, X, y, kind=kind, masks=pair) for pair in masks]
    found, got = np.isclose(losses[:, None], possible, rtol=1e-9), np.unique(losses.round(6))
    after = f"behind {kind} and relu" if kind else "behind relu"
    trial.that(
        f"each loss is one that dropout {after} leads to",
        found.any(axis=1).all(),
        "each hidden layer drops, as its last step, and nothing else does",
        got=got,
    )
    trial.that(
        f"units of each layer are kept and dropped, anew at each call ({after})",
        found.any(axis=0).all(),
        "does each hidden layer drop, with numbers of its own at each call?",
        got=got,
    )
