"""As it is often written."""

import numpy as np


def random_local_search(loss, W, num_tries, step_size=1e-3):
    bestloss = loss(W)
    W = W.copy()
    for _i in range(num_tries):
        Wtry = W + np.random.normal(scale=step_size, size=W.shape)
        loss_try = loss(Wtry)
        if loss_try < bestloss:
            W = Wtry
            bestloss = loss_try
    return W, bestloss
