"""By the logarithm of the sum and an outer product."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y, strict=True):
        scores = W.T @ x
        peak = np.max(scores)
        log_total = peak + np.log(np.exp(scores - peak).sum())
        loss += log_total - scores[label]
        dscores = np.exp(scores - log_total)
        dscores[label] -= 1
        dW += np.outer(x, dscores)
    return loss / len(y) + reg * (W * W).sum(), dW / len(y) + 2 * reg * W
