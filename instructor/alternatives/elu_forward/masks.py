"""By masks."""

import numpy as np


def elu_forward(x, alpha=1.0):
    out = x.astype(float)
    negative = x <= 0
    out[negative] = alpha * np.expm1(x[negative])
    return out, (out, negative, alpha)
