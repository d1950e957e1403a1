"""All scores in one array."""

import numpy as np


def ensemble_predict(models, X):
    scores = np.stack([model.loss(X) for model in models])
    scores = scores - scores.max(axis=-1, keepdims=True)
    p = np.exp(scores)
    p /= p.sum(axis=-1, keepdims=True)
    return np.argmax(p.sum(axis=0), axis=-1)
