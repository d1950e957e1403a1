"""With one-hot rows and logaddexp."""

import numpy as np


def softmax_loss_vectorized(W, X, y, reg):
    scores = X @ W
    log_totals = np.logaddexp.reduce(scores, axis=1, keepdims=True)
    one_hot = np.eye(W.shape[1])[y]
    loss = np.mean(log_totals - np.sum(scores * one_hot, axis=1, keepdims=True))
    dscores = np.exp(scores - log_totals) - one_hot
    return loss + reg * np.sum(W**2), X.T @ dscores / len(X) + 2 * reg * W
