"""Sums by einsum, in another order."""

import numpy as np


def batchnorm_backward_alt(dout, cache):
    _, std, x_hat, gamma = cache
    dbeta = np.einsum("nd->d", dout)
    dgamma = np.einsum("nd,nd->d", x_hat, dout)
    dx = dout * len(dout)
    dx = dx - dbeta - np.einsum("nd,d->nd", x_hat, dgamma)
    return gamma * dx / (len(dout) * std), dgamma, dbeta
