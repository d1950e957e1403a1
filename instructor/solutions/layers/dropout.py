"""Dropout."""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, (mode, None)
    if mode != "train":
        raise ValueError(f'the mode is {mode!r}, expected "train" or "test"')
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = ((np.random.rand(*x.shape) < p) / p).astype(x.dtype)
    return x * mask, (mode, mask)


def dropout_backward(dout, cache):
    mode, mask = cache
    return dout * mask if mode == "train" else dout
