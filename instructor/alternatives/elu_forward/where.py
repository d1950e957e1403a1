"""The exponential of everything, and what is right of it taken."""

import numpy as np


def elu_forward(x, alpha=1.0):
    with np.errstate(over="ignore"):
        out = np.where(x > 0, x, alpha * (np.exp(x) - 1))
    return out, (x, alpha)
