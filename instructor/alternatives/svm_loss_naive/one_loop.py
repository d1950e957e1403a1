"""One loop, over the examples, with a mask of the violated margins."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    loss, dW = reg * np.square(W).sum(), 2.0 * reg * W
    for x, label in zip(X, y, strict=True):
        margins = x.dot(W) - x.dot(W[:, label]) + 1.0
        margins[label] = 0.0
        violated = margins > 0
        loss += margins[violated].sum() / len(X)
        dW[:, violated] += x[:, None] / len(X)
        dW[:, label] -= violated.sum() * x / len(X)
    return loss, dW
