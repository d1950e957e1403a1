"""Activation functions: what stands between two affine layers, entry by entry."""

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
