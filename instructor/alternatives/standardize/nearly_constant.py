"""What varies by rounding alone is taken for what never does."""

import numpy as np


def standardize(X_train, *others):
    mean = X_train.mean(axis=0)
    std = X_train.std(axis=0)
    constant = std <= 1e-12 * np.abs(X_train).max(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return tuple(np.where(constant, 0.0, (X - mean) / std) for X in [X_train, *others])
