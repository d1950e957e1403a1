"""Component by component."""

import numpy as np


def whiten(X, mean, components, variances, eps=1e-5):
    out = np.zeros((X.shape[0], len(variances)))
    for k, variance in enumerate(variances):
        out[:, k] = np.dot(X - mean, components[:, k]) / np.sqrt(variance + eps)
    return out
