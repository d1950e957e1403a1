"""x as a column: the product of two matrices, and its known way back."""

import numpy as np


def squared_norm_of_product(W, x):
    column = x[:, None]
    q = np.dot(W, column)
    value = np.sum(q**2)
    dq = 2.0 * q
    return value, np.dot(dq, column.T), np.dot(W.T, dq).ravel()
