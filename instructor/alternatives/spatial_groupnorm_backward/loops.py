"""A loop over pictures and groups, with a forward pass to match."""

import numpy as np


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps, size = gn_param.get("eps", 1e-5), x.shape[1] // G
    normalized = np.empty(x.shape)
    for n in range(len(x)):
        for g in range(0, x.shape[1], size):
            part = x[n, g : g + size]
            normalized[n, g : g + size] = (part - part.mean()) / np.sqrt(part.var() + eps)
    return normalized * gamma + beta, (x, normalized, gamma, size, eps)


def spatial_groupnorm_backward(dout, cache):
    x, normalized, gamma, size, eps = cache
    dx = np.zeros(dout.shape)
    upstream = dout * gamma
    for n in range(dout.shape[0]):
        for first in range(0, dout.shape[1], size):
            place = np.s_[n, first : first + size]
            g, hat = upstream[place], normalized[place]
            std = np.sqrt(x[place].var() + eps)
            dx[place] = (g - g.mean() - hat * (g * hat).mean()) / std
    shape = (1, -1, 1, 1)
    dgamma = (dout * normalized).sum(axis=(0, 2, 3)).reshape(shape)
    return dx, dgamma, dout.sum(axis=(0, 2, 3)).reshape(shape)
