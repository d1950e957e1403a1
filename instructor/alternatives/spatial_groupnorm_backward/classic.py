"""Through the graph, with groups as an axis of their own and another cache."""

import numpy as np


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    x_group = x.reshape(N, G, C // G, H, W)
    mean = np.mean(x_group, axis=(2, 3, 4), keepdims=True)
    var = np.var(x_group, axis=(2, 3, 4), keepdims=True)
    x_norm = ((x_group - mean) / np.sqrt(var + eps)).reshape(N, C, H, W)
    return gamma * x_norm + beta, (G, x, x_norm, mean, var, gamma, eps)


def spatial_groupnorm_backward(dout, cache):
    dx, dgamma, dbeta = None, None, None
    G, x, x_norm, mean, var, gamma, eps = cache
    N, C, H, W = dout.shape
    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    dgamma = np.sum(dout * x_norm, axis=(0, 2, 3), keepdims=True)
    m = C // G * H * W
    x_group = x.reshape(N, G, C // G, H, W)
    dx_norm = (dout * gamma).reshape(N, G, C // G, H, W)
    axes = (2, 3, 4)
    dvar = np.sum(dx_norm * (x_group - mean) * -0.5 * (var + eps) ** -1.5, axis=axes, keepdims=True)
    dmean = np.sum(-dx_norm / np.sqrt(var + eps), axis=axes, keepdims=True)
    dmean += dvar * np.sum(-2 * (x_group - mean), axis=axes, keepdims=True) / m
    dx = dx_norm / np.sqrt(var + eps) + dvar * 2 * (x_group - mean) / m + dmean / m
    return dx.reshape(N, C, H, W), dgamma, dbeta
