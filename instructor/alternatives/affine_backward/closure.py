"""The cache is a function: the forward pass has already prepared the way back."""

import numpy as np


def affine_forward(x, w, b):
    rows = x.reshape(len(x), -1)

    def back(dout):
        return (dout @ w.T).reshape(x.shape), rows.T @ dout, np.ones(len(x)) @ dout

    return rows @ w + b, back


def affine_backward(dout, cache):
    return cache(dout)
