"""With a forward pass that keeps x."""

import numpy as np


def sigmoid_forward(x):
    return 0.5 * (1 + np.tanh(0.5 * x)), x


def sigmoid_backward(dout, cache):
    s, _ = sigmoid_forward(cache)
    return dout * (s - s**2)
