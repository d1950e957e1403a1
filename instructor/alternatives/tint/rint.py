"""Cut off first and rounded then."""

import numpy as np


def tint(image, factors):
    bright = np.float64(image) * np.reshape(factors, (1, 1, 3))
    bright[bright > 255] = 255
    bright[bright < 0] = 0
    return np.rint(bright).astype("uint8")
