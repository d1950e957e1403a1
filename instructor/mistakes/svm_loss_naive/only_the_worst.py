"""Only the worst class of each example counts.

Says: only the worst class
"""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y, strict=True):
        margins = x @ W - x @ W[:, label] + 1
        margins[label] = 0
        worst = np.argmax(margins)
        if margins[worst] > 0:
            loss += margins[worst]
            dW[:, worst] += x
            dW[:, label] -= x
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
