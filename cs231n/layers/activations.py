"""Activation functions: what stands between two affine layers.

All but maxout compute entry by entry. A cache is a layer's own affair: what the backward pass
will need.
"""

import numpy as np


def relu_forward(x):
    """The rectified linear unit: max(0, x) of each entry.

    x: array of any shape. Returns (out, cache): out in x's shape, and what relu_backward needs.

    The arrays given stay as they are.
    """
    # TODO: one line, into a new array: x must stay as it is.
    raise NotImplementedError("TODO: relu_forward")


def relu_backward(dout, cache):
    """The gradient of the loss with respect to x: dout where x was positive, else 0.

    dout: gradient with respect to out, any shape. cache: from relu_forward. Returns dx, in the
    same shape. At x = 0 there is a kink; 0 is the usual choice.

    The arrays given stay as they are.
    """
    # TODO: which entries did the forward pass let through? It depends on x, not on dout.
    raise NotImplementedError("TODO: relu_backward")


def sigmoid_forward(x):
    """The logistic function: 1 / (1 + exp(-x)) of each entry.

    x: array of any shape. Returns (out, cache): out in x's shape, and what sigmoid_backward needs.

    Entries of any size, such as 1000 and -1000, must come out right and without an overflow, of
    which numpy warns. The arrays given stay as they are.
    """
    # TODO: exp of a negative number never overflows. Two forms of the formula, one for each sign
    # of x, see to that; so does exp(-abs(x)).
    raise NotImplementedError("TODO: sigmoid_forward")


def sigmoid_backward(dout, cache):
    """The gradient of the loss with respect to x: dout * s * (1 - s), s being the sigmoid of x.

    dout: gradient with respect to out, any shape. cache: from sigmoid_forward. Returns dx, in the
    same shape.

    The arrays given stay as they are.
    """
    # TODO: one line, if the cache holds the output.
    raise NotImplementedError("TODO: sigmoid_backward")


def tanh_forward(x):
    """The hyperbolic tangent of each entry: (exp(x) - exp(-x)) / (exp(x) + exp(-x)).

    x: array of any shape. Returns (out, cache): out in x's shape, and what tanh_backward needs.

    Entries of any size must come out right. The arrays given stay as they are.
    """
    # TODO: numpy has it.
    raise NotImplementedError("TODO: tanh_forward")


def tanh_backward(dout, cache):
    """The gradient of the loss with respect to x: dout * (1 - t^2), t being tanh(x).

    dout: gradient with respect to out, any shape. cache: from tanh_forward. Returns dx, in the same
    shape.

    The arrays given stay as they are.
    """
    # TODO: one line, if the cache holds the output.
    raise NotImplementedError("TODO: tanh_backward")


def leaky_relu_forward(x, slope=0.01):
    """The leaky rectified linear unit: x where it is positive, slope * x elsewhere (Maas et al.,
    Rectifier nonlinearities improve neural network acoustic models, 2013).

    x: array of any shape. slope: a number from 0 to 1. Returns (out, cache): out in x's shape, and
    what leaky_relu_backward needs.

    The arrays given stay as they are.
    """
    # TODO: one line. leaky_relu_backward needs the slope, too.
    raise NotImplementedError("TODO: leaky_relu_forward")


def leaky_relu_backward(dout, cache):
    """The gradient of the loss with respect to x: dout where x was positive, else slope * dout.

    dout: gradient with respect to out, any shape. cache: from leaky_relu_forward. Returns dx, in
    the same shape. At x = 0 there is a kink; any slope between the two will do.

    The arrays given stay as they are.
    """
    # TODO: the sign of x decides, not that of dout.
    raise NotImplementedError("TODO: leaky_relu_backward")


def prelu_forward(x, slope):
    """The leaky relu whose slope is learned: x where it is positive, slope * x elsewhere (He et
    al., Delving deep into rectifiers, 2015).

    x: array of any shape. slope: array (1,), one number for all entries, of either sign and any
    size. Returns (out, cache): out in x's shape, and what prelu_backward needs.

    The arrays given stay as they are.
    """
    # TODO: as leaky_relu_forward; beware of a maximum, as the slope may be negative or above 1.
    raise NotImplementedError("TODO: prelu_forward")


def prelu_backward(dout, cache):
    """The gradients of the loss with respect to x and slope.

    dout: gradient with respect to out, any shape. cache: from prelu_forward. Returns (dx, dslope):
    dx in the shape of x, dslope (1,). Every entry of x that was negative has used the slope, so
    their shares add up. At x = 0 any value of dx between those of both sides will do.

    The arrays given stay as they are.
    """
    # TODO: dx as for the leaky relu. Where x is negative, out = slope * x: what is its derivative
    # with respect to slope?
    raise NotImplementedError("TODO: prelu_backward")


def elu_forward(x, alpha=1.0):
    """The exponential linear unit: x where it is positive, alpha * (exp(x) - 1) elsewhere (Clevert
    et al., Fast and accurate deep network learning by exponential linear units, 2016).

    x: array of any shape. alpha: a positive number. Returns (out, cache): out in x's shape, and
    what elu_backward needs.

    Entries of any size must come out right. The arrays given stay as they are.
    """
    # TODO: exp of a large x is inf, and inf times 0 is NaN: np.minimum(x, 0) is never large.
    raise NotImplementedError("TODO: elu_forward")


def elu_backward(dout, cache):
    """The gradient of the loss with respect to x: dout where x was positive, else
    dout * alpha * exp(x).

    dout: gradient with respect to out, any shape. cache: from elu_forward. Returns dx, in the same
    shape. At x = 0 any value between those of both sides will do.

    The arrays given stay as they are.
    """
    # TODO: alpha * exp(x) is out + alpha, where x was negative.
    raise NotImplementedError("TODO: elu_backward")


def maxout_forward(x, w, b):
    """The largest of K affine functions of each example (Goodfellow et al., Maxout networks, 2013).

    Shapes: N examples of D numbers, K pieces, M outputs. x: (N, D). w: (K, D, M). b: (K, M).

    Returns (out, cache): out (N, M) with out[n, m] = max over k of x[n] . w[k, :, m] + b[k, m],
    and what maxout_backward needs.

    The arrays given stay as they are.
    """
    # TODO: x @ w gives all pieces at once, (K, N, M). b needs an axis for the examples. Backward
    # will need to know which piece won.
    raise NotImplementedError("TODO: maxout_forward")


def maxout_backward(dout, cache):
    """The gradients of the loss with respect to x, w and b.

    dout: (N, M), the gradient with respect to out. cache: from maxout_forward.

    Returns (dx, dw, db), in the shapes of x (N, D), w (K, D, M) and b (K, M). All of dout[n, m]
    goes through the piece that won there; of equal pieces, that is the first.

    The arrays given stay as they are.
    """
    # TODO: spread dout over the pieces: (K, N, M), zero but for the winners. Then each piece is an
    # affine layer, and dx is the sum of their shares.
    raise NotImplementedError("TODO: maxout_backward")
