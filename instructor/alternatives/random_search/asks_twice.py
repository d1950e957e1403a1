"""As it is often written: a large number first, and the loss asked for again."""

import numpy as np


def random_search(loss, shape, num_tries, scale=1e-3):
    bestloss = float("inf")
    W_best = np.zeros(shape)
    for _num in range(num_tries):
        W = np.random.randn(*shape) * scale
        if loss(W) < bestloss:
            bestloss = loss(W)
            W_best = W
    return W_best, bestloss
