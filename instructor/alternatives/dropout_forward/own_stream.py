"""Draws from a stream of its own, a new one for each call where no seed is given."""

import numpy as np


def dropout_forward(x, dropout_param):
    modes = ("train", "test")
    if modes.index(dropout_param["mode"]):  # which raises ValueError where it is neither
        return x.copy(), None
    p = dropout_param["p"]
    random = np.random.default_rng(dropout_param.get("seed"))
    mask = random.random(x.shape) < p
    return np.where(mask, x / p, 0).astype(x.dtype), (mask, p)
