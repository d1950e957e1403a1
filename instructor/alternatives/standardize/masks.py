"""Features that vary, by a mask of columns."""

import numpy as np


def standardize(X_train, *others):
    mean, std = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    vary = np.ptp(X_train, axis=0) > 0
    results = []
    for X in (X_train, *others):
        out = np.zeros(X.shape)
        out[:, vary] = (X[:, vary] - mean[vary]) / std[vary]
        results.append(out)
    return tuple(results)
