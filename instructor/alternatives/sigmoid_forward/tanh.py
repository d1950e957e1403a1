"""By the hyperbolic tangent; the cache holds x."""

import numpy as np


def sigmoid_forward(x):
    return 0.5 * (1 + np.tanh(0.5 * x)), x.copy()
