"""The affine layer: out = x w + b, every input connected to every output."""

import numpy as np


def affine_forward(x, w, b):
    """The scores of each example: its numbers in one row, times w, plus b.

    Shapes: N examples of any shape (d1, …, dk), D = d1 * … * dk, M outputs. x: (N, d1, …, dk).
    w: (D, M). b: (M,).

    Returns (out, cache): out (N, M), and what affine_backward needs.

    The arrays given stay as they are.
    """
    # TODO: bring each example into one row of length D (x itself must stay as it is), then one
    # matrix product. The cache is for your own backward pass: (x, w, b) will do.
    raise NotImplementedError("TODO: affine_forward")


def affine_backward(dout, cache):
    """The gradients of the loss with respect to x, w and b.

    dout: (N, M), the gradient with respect to out. cache: from affine_forward.

    Returns (dx, dw, db), each in the shape of x (N, d1, …, dk), w (D, M) and b (M,).

    The arrays given stay as they are.
    """
    # TODO: two matrix products and a sum. Let the shapes tell you what is transposed, and give dx
    # the shape of x at the end.
    raise NotImplementedError("TODO: affine_backward")
