"""A loop over the examples."""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    normalized, stds = [], []
    for row in x:
        centred = row - sum(row) / len(row)
        stds.append(np.sqrt(centred @ centred / len(row) + eps))
        normalized.append(centred / stds[-1])
    normalized = np.stack(normalized).astype(x.dtype)
    return normalized * gamma + beta, (normalized, stds, gamma)
