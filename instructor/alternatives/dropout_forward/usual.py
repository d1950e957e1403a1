"""As it is often seen: the mask carries 1 / p, and out is cast at the end."""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    out = None
    if mode == "train":
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    elif mode == "test":
        out = x
    else:
        raise ValueError("mode")
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache
