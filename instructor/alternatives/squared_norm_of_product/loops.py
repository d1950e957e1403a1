"""Entry by entry."""

import numpy as np


def squared_norm_of_product(W, x):
    M, N = W.shape
    value, dW, dx = 0.0, np.zeros((M, N)), np.zeros(N)
    for i in range(M):
        q = sum(W[i, j] * x[j] for j in range(N))
        value += q * q
        for j in range(N):
            dW[i, j] = 2 * q * x[j]
            dx[j] += 2 * q * W[i, j]
    return value, dW, dx
