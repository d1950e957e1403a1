"""x^T (W^T W) x, with no q in sight."""

import numpy as np


def squared_norm_of_product(W, x):
    gram = W.T @ W
    dx = 2 * gram @ x
    return float(x @ dx / 2), 2 * W @ np.outer(x, x), dx
