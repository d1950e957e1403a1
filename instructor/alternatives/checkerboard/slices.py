"""Two slices with steps."""

import numpy as np


def checkerboard(size):
    board = np.zeros((size, size), dtype=int)
    board[::2, 1::2] = 1
    board[1::2, ::2] = 1
    return board
