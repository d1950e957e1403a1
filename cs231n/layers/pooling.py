"""Max pooling: pictures made smaller, where of each window only the largest number is left."""

import numpy as np


def max_pool_forward_naive(x, pool_param):
    """Max pooling, written with loops so that it can be read.

    x: (N, C, H, W). pool_param: a dict with

    - pool_height, pool_width: the size of a window;
    - stride: how many pixels lie between neighbouring windows, in both directions.

    out[n, c, i, j] is the largest number of the window of x[n, c] whose upper left corner is at
    row i * stride, column j * stride. Each channel is pooled by itself; nothing is padded.

    Returns (out, cache): out (N, C, H', W') with H' = 1 + (H - pool_height) // stride and
    W' = 1 + (W - pool_width) // stride, and what max_pool_backward_naive needs.

    The arrays given stay as they are.
    """
    # TODO: a loop over the places (i, j) of the output; a maximum can be taken along two axes.
    raise NotImplementedError("TODO: max_pool_forward_naive")


def max_pool_backward_naive(dout, cache):
    """The gradient of the loss with respect to x: each number of dout goes to its window's largest.

    dout: (N, C, H', W'), the gradient with respect to out. cache: from max_pool_forward_naive.

    Returns dx in the shape of x (N, C, H, W). Where windows overlap, what they send to the same
    pixel adds up. Where several numbers of a window are the largest, there is a kink: the gradient
    may go to the first of them, or to each.

    The arrays given stay as they are.
    """
    # TODO: the same loops. In which place of its window did the largest number stand?
    raise NotImplementedError("TODO: max_pool_backward_naive")
