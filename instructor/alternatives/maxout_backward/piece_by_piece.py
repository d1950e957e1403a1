"""A loop over the pieces, each an affine layer."""

import numpy as np


def maxout_backward(dout, cache):
    x, w, winner = cache
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros((w.shape[0], w.shape[2]))
    for k in range(w.shape[0]):
        dpiece = np.where(winner == k, dout, 0)
        dx += dpiece @ w[k].T
        dw[k] = x.T @ dpiece
        db[k] = np.sum(dpiece, axis=0)
    return dx, dw, db
