"""All terms over N, and a cache with the inverse standard deviation."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    ivar = 1 / np.sqrt(np.var(x, axis=0) + eps)
    xhat = (x - np.mean(x, axis=0)) * ivar
    return gamma * xhat + beta, (xhat, gamma, ivar)


def batchnorm_backward_alt(dout, cache):
    xhat, gamma, ivar = cache
    N, _ = dout.shape
    dxhat = dout * gamma
    dx = 1.0 / N * ivar * (N * dxhat - np.sum(dxhat, axis=0) - xhat * np.sum(dxhat * xhat, axis=0))
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(xhat * dout, axis=0)
    return dx, dgamma, dbeta
