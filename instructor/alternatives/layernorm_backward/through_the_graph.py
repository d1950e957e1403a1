"""Step by step, turned so that the features run down the columns."""

import numpy as np


def layernorm_backward(dout, cache):
    std, normalized, gamma = cache
    std, x_hat = std.T, normalized.T
    dx_hat = (dout * gamma).T
    D = len(dx_hat)
    xmu = x_hat * std
    dvar = np.sum(dx_hat * xmu * -0.5 * std**-3, axis=0)
    dmu = -np.sum(dx_hat / std, axis=0)
    dx = dx_hat / std + dvar * 2 * xmu / D + dmu / D
    return dx.T, np.sum(dout * normalized, axis=0), np.sum(dout, axis=0)
