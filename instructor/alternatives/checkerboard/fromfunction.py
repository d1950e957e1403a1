"""A function of row and column."""

import numpy as np


def checkerboard(size):
    return np.fromfunction(lambda i, j: (i + j) % 2, (size, size), dtype=int)
