"""Dropout: in training each number is kept by chance, and else set to zero."""

import numpy as np


def dropout_forward(x, dropout_param):
    """Inverted dropout: in training each entry is kept with probability p and divided by p.

    x: array of any shape. dropout_param: a dict with

    - p: the probability to KEEP an entry, 0 < p <= 1;
    - mode: "train" or "test";
    - seed: where it is given, numpy's stream starts from it (np.random.seed), so that each call
      draws the same mask.

    In mode "train" out is x * mask, where an entry of the mask is 1 / p with probability p, else
    0: the expected value of out is x. In mode "test" out is x.

    Returns (out, cache): out in x's shape and dtype, and what dropout_backward needs. Raises
    ValueError for a mode that is neither "train" nor "test". Source: Srivastava and others,
    Dropout, 2014, section 10.

    The arrays given stay as they are.
    """
    # TODO: seed numpy where a seed is given; then a random array in x's shape, compared with p,
    # makes the mask. The backward pass needs the same mask, and the mode.
    raise NotImplementedError("TODO: dropout_forward")


def dropout_backward(dout, cache):
    """The gradient of the loss with respect to x.

    dout: the gradient with respect to out, in its shape. cache: from dropout_forward. Returns dx,
    in the same shape: dout through the mask of the forward pass, and in mode "test" dout itself.

    The arrays given stay as they are.
    """
    # TODO: one line for each mode. No new random numbers: the mask is in the cache.
    raise NotImplementedError("TODO: dropout_backward")
