"""Nothing is returned.

Says: returned None
"""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        scores -= scores.max()
        probabilities = np.exp(scores) / np.sum(np.exp(scores))
        loss -= np.log(probabilities[y[i]])
        for j in range(C):
            dW[:, j] += probabilities[j] * X[i]
        dW[:, y[i]] -= X[i]
    loss /= N
    dW /= N
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
