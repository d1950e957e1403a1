"""By the step function; at 0, 1."""

import numpy as np


def relu_backward(dout, cache):
    return dout * np.heaviside(cache, 1)
