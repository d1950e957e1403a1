"""Entry by entry."""

import numpy as np


def l1_penalty(W, strength):
    value, gradient = 0.0, np.zeros(W.shape)
    for index, w in np.ndenumerate(W):
        value += strength * abs(w)
        if w:
            gradient[index] = strength * w / abs(w)
    return value, gradient
