"""Moves x itself, and writes back what was there."""

import numpy as np


def numerical_jacobian(f, x, h=1e-5):
    J = None
    for j in range(x.size):
        was = x[j]
        x[j] = was + h
        above = np.array(f(x))
        x[j] = was - h
        below = np.array(f(x))
        x[j] = was
        if J is None:
            J = np.zeros((above.size, x.size))
        J[:, j] = (above - below) / (2 * h)
    return J
