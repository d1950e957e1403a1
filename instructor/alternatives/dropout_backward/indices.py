"""The cache has the places that were kept, as indices, and the factor."""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, None
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    kept = np.flatnonzero(np.random.uniform(size=x.shape) <= p)
    out = np.zeros(x.shape, x.dtype)
    out.flat[kept] = x.flat[kept] / p
    return out, (kept, 1 / p)


def dropout_backward(dout, cache):
    if cache is None:
        return dout
    kept, factor = cache
    dx = np.zeros_like(dout)
    dx.flat[kept] = factor * dout.flat[kept]
    return dx
