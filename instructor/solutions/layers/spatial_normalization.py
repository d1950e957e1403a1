"""Normalization of pictures."""

import numpy as np

from cs231n.layers.normalization import batchnorm_backward, batchnorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    out, cache = batchnorm_forward(_pixels(x), gamma, beta, bn_param)
    return _pictures(out, x.shape), cache


def spatial_batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = batchnorm_backward(_pixels(dout), cache)
    return _pictures(dx, dout.shape), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    rows = x.reshape(len(x) * G, -1)
    std = np.sqrt(rows.var(axis=1, keepdims=True) + eps)
    normalized = ((rows - rows.mean(axis=1, keepdims=True)) / std).reshape(x.shape)
    return gamma * normalized + beta, (std, normalized, gamma)


def spatial_groupnorm_backward(dout, cache):
    std, normalized, gamma = cache
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * normalized).sum(axis=(0, 2, 3), keepdims=True)
    drows, rows = (array.reshape(len(std), -1) for array in (dout * gamma, normalized))
    along = (drows * rows).mean(axis=1, keepdims=True)
    dx = (drows - drows.mean(axis=1, keepdims=True) - rows * along) / std
    return dx.reshape(dout.shape), dgamma, dbeta


def _pixels(x):
    """(N, C, H, W) as rows of C numbers, a row for each pixel."""
    return x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def _pictures(rows, shape):
    """The rows of _pixels as pictures (N, C, H, W) again."""
    N, C, H, W = shape
    return rows.reshape(N, H, W, C).transpose(0, 3, 1, 2)
