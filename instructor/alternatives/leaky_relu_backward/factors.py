"""With a forward pass that keeps the factor of each entry."""

import numpy as np


def leaky_relu_forward(x, slope=0.01):
    factors = np.where(x > 0, 1.0, slope)
    return x * factors, factors


def leaky_relu_backward(dout, cache):
    return dout * cache
