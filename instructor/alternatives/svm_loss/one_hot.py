"""With one-hot rows, and the true class counted and then taken off."""

import numpy as np


def svm_loss(x, y):
    N, C = np.shape(x)
    true = np.equal.outer(y, np.arange(C))
    margins = x - (x * true).sum(1, keepdims=True) + 1
    violated = (margins > 0) & ~true
    loss = np.maximum(margins, 0).sum(1).mean() - 1
    return loss, (violated - true * violated.sum(1)[:, None]) / N
