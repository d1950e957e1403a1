"""The output tells as well what was let through."""

import numpy as np


def relu_forward(x):
    out = np.maximum(x, 0)
    return out, (out,)


def relu_backward(dout, cache):
    (out,) = cache
    return np.multiply(dout, np.sign(out))
