"""By a sigmoid that does not overflow; the cache holds x."""

import numpy as np


def tanh_forward(x):
    small = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - small) / (1 + small), x
