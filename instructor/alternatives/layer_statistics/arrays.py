"""Arrays that are filled."""

import numpy as np


def layer_statistics(X, weights, activation):
    L = len(weights)
    means, stds = np.zeros(L), np.zeros(L)
    hidden = X
    for i in range(L):
        hidden = activation(np.dot(hidden, weights[i]))
        means[i] = np.mean(hidden)
        stds[i] = np.std(hidden)
    return means, stds
