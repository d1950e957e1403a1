"""In plain Python, score by score."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    N, D = X.shape
    C = W.shape[1]
    loss, dW = reg * np.sum(W * W), 2 * reg * W
    for i in range(N):
        f = [sum(X[i, d] * W[d, c] for d in range(D)) for c in range(C)]
        top = max(f)
        e = [np.exp(value - top) for value in f]
        loss += (np.log(sum(e)) - (f[y[i]] - top)) / N
        for c in range(C):
            dW[:, c] += (e[c] / sum(e) - (c == y[i])) * X[i] / N
    return loss, dW
