"""How a net starts, and what a start does to the numbers that pass through its layers."""

import numpy as np


def initialize(fan_in, fan_out, kind):
    """A weight matrix to start with.

    fan_in: how many inputs each unit adds up, the rows. fan_out: how many units, the columns.
    kind: the standard deviation of the weights, which are gaussian around 0 and drawn one by one:
    "zero": 0, all weights are zero. "small": 0.01. "xavier": 1 / sqrt(fan_in) (Glorot and Bengio,
    Understanding the difficulty of training deep feedforward neural networks, 2010, in the form
    that looks at the way forward). "he": sqrt(2 / fan_in) (He et al., Delving deep into
    rectifiers, 2015).

    Returns floats (fan_in, fan_out). Raises ValueError for any other kind, and names it.
    """
    # TODO: a dict from the kind to the standard deviation; then draws of np.random.randn.
    raise NotImplementedError("TODO: initialize")


def layer_statistics(X, weights, activation):
    """How large the numbers are that come out of each layer of a net without biases.

    X: (N, D), the inputs of the first layer. weights: list of L matrices, the first (D, H1), then
    (H1, H2) and so on. activation: function of an array that gives an array of its shape, such as
    np.tanh. A layer gives activation(x W), which is the next one's x.

    Returns (means, stds), two arrays (L,): mean and standard deviation of all numbers that come out
    of each layer, behind its activation.

    The arrays given stay as they are.
    """
    # TODO: a loop over the weights that notes two numbers each time. np.array(…) makes an array
    # of a list.
    raise NotImplementedError("TODO: layer_statistics")
