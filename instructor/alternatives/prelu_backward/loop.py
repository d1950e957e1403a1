"""Entry by entry, with a forward pass that keeps flat arrays."""

import numpy as np


def prelu_forward(x, slope):
    return np.where(x > 0, x, x * slope), (x, slope)


def prelu_backward(dout, cache):
    x, slope = cache
    dx, dslope = np.empty(x.shape), np.zeros(1)
    for index in np.ndindex(x.shape):
        if x[index] > 0:
            dx[index] = dout[index]
        else:
            dx[index] = dout[index] * slope[0]
            dslope += dout[index] * x[index]
    return dx, dslope
