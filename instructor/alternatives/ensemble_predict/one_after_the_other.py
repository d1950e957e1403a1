"""A sum that grows model by model."""

import numpy as np


def ensemble_predict(models, X):
    total = 0
    for model in models:
        scores = model.loss(X)
        logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
        total = total + np.exp(logs)
    return total.argmax(1)
