"""The cache has a mask of booleans and p, apart."""

import numpy as np


def dropout_forward(x, dropout_param):
    if dropout_param["mode"] == "test":
        return x, (True, 1)
    p = dropout_param["p"]
    keep = np.random.default_rng(dropout_param.get("seed")).random(x.shape) < p
    return x * keep / p, (keep, p)


def dropout_backward(dout, cache):
    keep, p = cache
    return np.where(keep, dout / p, 0)
