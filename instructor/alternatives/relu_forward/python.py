"""Number by number."""

import numpy as np


def relu_forward(x):
    out = [max(float(number), 0.0) for number in x.flat]
    return np.reshape(out, x.shape), x
