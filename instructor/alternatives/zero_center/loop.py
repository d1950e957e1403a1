"""A list of results, turned into a tuple."""

import numpy as np


def zero_center(X_train, *others):
    mean = np.mean(X_train, axis=0, keepdims=True)
    results = [X_train - mean]
    for X in others:
        results.append(X - mean)
    return tuple(results)
