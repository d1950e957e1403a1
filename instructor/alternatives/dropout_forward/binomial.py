"""A coin for each entry."""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, (mode, None)
    if mode != "train":
        raise ValueError(f"mode {mode}")
    if dropout_param.get("seed") is not None:
        np.random.seed(dropout_param["seed"])
    mask = np.random.binomial(1, p, size=x.shape).astype(x.dtype) / p
    return x * mask, (mode, mask)
