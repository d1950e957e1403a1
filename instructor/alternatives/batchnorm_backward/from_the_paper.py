"""The chain rule as the paper writes it, with a gradient of the variance and one of the mean."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    sample_mean, sample_var = np.mean(x, axis=0), np.var(x, axis=0)
    x_norm = (x - sample_mean) / np.sqrt(sample_var + eps)
    return gamma * x_norm + beta, (x, x_norm, gamma, sample_mean, sample_var, eps)


def batchnorm_backward(dout, cache):
    x, x_norm, gamma, mean, var, eps = cache
    m = x.shape[0]
    dx_norm = dout * gamma
    dvar = np.sum(dx_norm * (x - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmean = np.sum(-dx_norm / np.sqrt(var + eps), axis=0) + dvar * np.mean(-2 * (x - mean), axis=0)
    dx = dx_norm / np.sqrt(var + eps) + dvar * 2 * (x - mean) / m + dmean / m
    return dx, np.sum(dout * x_norm, axis=0), np.sum(dout, axis=0)
