"""Example by example; the loss is an array of no dimensions."""

import numpy as np


def softmax_loss(x, y):
    losses, rows = [], []
    for scores, label in zip(x, y, strict=True):
        total = np.logaddexp.reduce(scores)
        losses.append(total - scores[label])
        rows.append(np.exp(scores - total) - (np.arange(len(scores)) == label))
    return np.asarray(np.mean(losses)), np.stack(rows) / len(y)
