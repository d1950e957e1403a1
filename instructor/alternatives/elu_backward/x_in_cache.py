"""With a forward pass that keeps x and alpha."""

import numpy as np


def elu_forward(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0)), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * ((x >= 0) + (x < 0) * alpha * np.exp(np.minimum(x, 0)))
