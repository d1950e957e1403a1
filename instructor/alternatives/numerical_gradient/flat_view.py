"""Through a flat view of x."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.empty(x.size)
    flat = x.reshape(-1)
    for i, old in enumerate(flat.copy()):
        sides = []
        for step in (h, -h):
            flat[i] = old + step
            sides.append(f(x))
        flat[i] = old
        gradient[i] = (sides[0] - sides[1]) / h / 2
    return gradient.reshape(x.shape)
