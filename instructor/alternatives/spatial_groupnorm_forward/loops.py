"""A loop over pictures and groups."""

import numpy as np


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps, size = gn_param.get("eps", 1e-5), x.shape[1] // G
    normalized = np.empty(x.shape)
    for n in range(len(x)):
        for g in range(G):
            part = x[n, g * size : (g + 1) * size]
            normalized[n, g * size : (g + 1) * size] = (part - part.mean()) / (
                part.var() + eps
            ) ** 0.5
    return normalized * gamma + beta, (normalized, x, gamma, G, eps)
