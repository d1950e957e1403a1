"""What never varies is divided by infinity."""

import numpy as np


def standardize(X_train, *others):
    mean = X_train.mean(axis=0)
    centred = X_train - mean
    std = np.sqrt(np.mean(centred**2, axis=0))
    std[(X_train == X_train[0]).all(axis=0)] = np.inf
    return (centred / std, *((X - mean) / std for X in others))
