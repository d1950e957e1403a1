"""By -log p, without a guard: after the shift p is exact enough for scores 600 apart."""

import numpy as np


def softmax_loss_vectorized(W, X, y, reg):
    e = np.exp(X @ W - (X @ W).max(axis=1)[:, np.newaxis])
    p = (e.T / e.sum(axis=1)).T
    truth = np.equal.outer(y, np.arange(len(p.T)))
    return -np.log(p[truth]).mean() + reg * np.square(W).sum(), (
        np.tensordot(X, (p - truth) / len(y), axes=(0, 0)) + 2 * reg * W
    )
