"""Both passes by themselves, without the two-dimensional ones."""

import numpy as np


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    mean, var = (f(axis=(0, 2, 3), keepdims=True) for f in (x.mean, x.var))
    normalized = (x - mean) / np.sqrt(var + eps)
    scale = gamma.reshape(1, -1, 1, 1)
    return scale * normalized + beta.reshape(1, -1, 1, 1), (normalized, np.sqrt(var + eps), scale)


def spatial_batchnorm_backward(dout, cache):
    normalized, std, scale = cache
    axes = (0, 2, 3)
    dgamma, dbeta = np.sum(dout * normalized, axis=axes), np.sum(dout, axis=axes)
    g = dout * scale
    means = [np.mean(a, axis=axes, keepdims=True) for a in (g, g * normalized)]
    return (g - means[0] - normalized * means[1]) / std, dgamma, dbeta
