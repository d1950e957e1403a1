"""Through batchnorm_forward on the transposed array; running averages stay behind in ln_param."""

import numpy as np

from cs231n.layers import batchnorm_forward


def layernorm_forward(x, gamma, beta, ln_param):
    for name in ("running_mean", "running_var"):
        ln_param.pop(name, None)  # of another batch
    ln_param["mode"] = "train"
    D = x.shape[1]
    ones, zeros = np.ones(len(x), x.dtype), np.zeros(len(x), x.dtype)
    normalized, cache = batchnorm_forward(x.T, ones, zeros, ln_param)
    scaled = normalized.T * gamma.reshape(1, D)
    return scaled + beta, (cache, gamma)
