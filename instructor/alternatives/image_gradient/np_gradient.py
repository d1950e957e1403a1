"""numpy's own differences, along axes that are long enough."""

import numpy as np


def image_gradient(gray):
    gray = gray * 1.0

    def slope(axis):
        if gray.shape[axis] < 2:
            return np.zeros_like(gray)
        return np.gradient(gray, axis=axis)

    return slope(0), slope(1)
