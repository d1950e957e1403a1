"""As it is often written: a copy of dout, cut off where x is."""

import numpy as np


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = np.array(dout, copy=True)
    dx[x <= 0] = 0
    return dx
