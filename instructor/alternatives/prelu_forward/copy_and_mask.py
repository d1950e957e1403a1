"""On a copy, in place."""

import numpy as np


def prelu_forward(x, slope):
    out = np.array(x, dtype=float)
    negative = x < 0
    out[negative] = out[negative] * slope
    return out, (x, slope, negative)
