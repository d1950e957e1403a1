"""Answers to the exercises of 03_softmax."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        scores -= scores.max()
        exponentials = np.exp(scores)
        loss += np.log(exponentials.sum()) - scores[y[i]]
        for j in range(C):
            dW[:, j] += exponentials[j] / exponentials.sum() * X[i]
        dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    exponentials = np.exp(scores)
    totals = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(totals[:, 0]) - scores[rows, y]) + reg * np.sum(W * W)
    dscores = exponentials / totals
    dscores[rows, y] -= 1
    return loss, X.T @ dscores / N + 2 * reg * W
