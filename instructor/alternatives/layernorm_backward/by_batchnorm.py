"""Through batch normalization's two passes, on the transposed arrays."""

import numpy as np

from cs231n.layers import batchnorm_backward_alt, batchnorm_forward


def layernorm_forward(x, gamma, beta, ln_param):
    bn_param = {"mode": "train", "eps": ln_param.get("eps", 1e-5)}
    ones, zeros = np.ones(len(x)), np.zeros(len(x))
    normalized, cache = batchnorm_forward(x.T, ones, zeros, bn_param)
    return gamma * normalized.T + beta, (cache, normalized.T, gamma)


def layernorm_backward(dout, cache):
    of_columns, normalized, gamma = cache
    dx, _, _ = batchnorm_backward_alt((gamma * dout).T, of_columns)
    return dx.T, np.einsum("nd,nd->d", normalized, dout), np.ones(len(dout)) @ dout
