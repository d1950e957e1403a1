"""For notebook 10: is FullyConnectedNet still the plain net of notebook 08?

08 builds the net, and 10 adds normalization and dropout to the same two functions. A net that
knows nothing of them yet is not wrong: whoever has done only 08 is to see 08 done, and 10 to do.
So where the net does as if it had not been asked for more, NotImplementedError("TODO: …") is
raised, as by a stub; any other net is checked.
"""

import numpy as np

from cs231n.course.checking.stand_ins import replace_params

NORMALIZATION = ("gamma", "beta")


def example():
    """Parameters, pictures and labels for a small net: (params, X, y).

    params: W1 … b3 for 4 inputs, two hidden layers of 3 and 3 classes, with gamma1 … beta2.
    They stand in the order of the way back, so that of wrong gradients the first is told of.
    X: (5, 2, 2). y: (5,). The seed is one for which most units are on for some of the pictures.
    """
    sizes = dict.fromkeys(["b1", "b2", "b3", "gamma1", "gamma2", "beta1", "beta2"], 3)
    shapes = {"W1": (4, 3), "W2": (3, 3), "W3": (3, 3), **sizes}
    random = np.random.RandomState(1377)
    params = {name: random.normal(size=shape) for name, shape in shapes.items()}
    backward = sorted(params, key=lambda name: (name[-1], len(name)), reverse=True)
    params = {name: params[name] for name in backward}
    return params, random.normal(size=(5, 2, 2)), np.array([0, 2, 1, 1, 0])


def extended_net(kind, params, X, y, *, reg=0.0, **more):
    """A new net of class `kind` with these parameters, and with normalization or dropout.

    params: as the class's docstring names them; gamma and beta are left out where no normalization
    is asked for. X, y: some examples, to tell from a plain net by. more: normalization,
    dropout_keep_ratio and seed, as `__init__` takes them. All is float64.

    Raises NotImplementedError where `__init__` makes no gamma and beta when it should, and where
    the net's loss on X and y is that of the plain net, with one of normalization and dropout.
    """
    require_normalization(kind)
    plain = _net(kind, params, reg=reg).loss(X, y)[0]
    for option in more.keys() & {"normalization", "dropout_keep_ratio"}:
        alone = _net(kind, params, reg=reg, **{option: more[option]})
        if np.isclose(alone.loss(X, y)[0], plain, rtol=1e-9):
            raise NotImplementedError("TODO: FullyConnectedNet.loss")
    return _net(kind, params, reg=reg, **more)


def require_normalization(kind):
    """Raises NotImplementedError where `__init__` takes no notice of normalization."""
    net = kind([2, 2], input_dim=2, num_classes=2, normalization="batchnorm")
    if not any(name.startswith(NORMALIZATION) for name in net.params):
        raise NotImplementedError("TODO: FullyConnectedNet.__init__")


def require_dropout(kind):
    """Raises NotImplementedError where `__init__` takes no notice of dropout_keep_ratio."""
    net = kind([2], input_dim=2, num_classes=2, dropout_keep_ratio=0.5)
    if not getattr(net, "dropout_param", None):
        raise NotImplementedError("TODO: FullyConnectedNet.__init__")


def _net(kind, params, normalization=None, **settings):
    input_dim, *hidden_dims = [len(params[name]) for name in sorted(params) if name[0] == "W"]
    net = kind(
        hidden_dims,
        input_dim=input_dim,
        num_classes=len(params[f"b{len(hidden_dims) + 1}"]),
        normalization=normalization,
        dtype=np.float64,
        **settings,
    )
    left_out = () if normalization else NORMALIZATION
    replace_params(net, {name: w for name, w in params.items() if not name.startswith(left_out)})
    return net
