"""Answers to the loss exercises of 02_svm."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


def svm_loss_vectorized(W, X, y, reg):
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    # How often each class's score counts: once for each violated margin, and minus their
    # number for the true class.
    dscores = (margins > 0).astype(W.dtype)
    dscores[rows, y] = -dscores.sum(axis=1)
    return margins.sum() / N + reg * np.sum(W * W), X.T @ dscores / N + 2 * reg * W
