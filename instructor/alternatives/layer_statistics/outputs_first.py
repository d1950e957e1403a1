"""All outputs first, then their statistics."""

import numpy as np


def layer_statistics(X, weights, activation):
    outputs = [X]
    for W in weights:
        outputs.append(activation(outputs[-1] @ W))
    numbers = [(h.mean(), np.sqrt(((h - h.mean()) ** 2).mean())) for h in outputs[1:]]
    means, stds = zip(*numbers, strict=True)
    return np.array(means), np.array(stds)
