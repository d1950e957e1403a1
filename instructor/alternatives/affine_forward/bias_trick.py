"""The bias is one more row of w."""

import numpy as np


def affine_forward(x, w, b):
    rows = np.hstack([x.reshape(x.shape[0], w.shape[0]), np.ones((x.shape[0], 1))])
    weights = np.vstack([w, b])
    return np.matmul(rows, weights), [x, w]
