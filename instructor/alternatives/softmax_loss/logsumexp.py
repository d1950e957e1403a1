"""By scipy, with one-hot rows."""

import numpy as np
from scipy.special import log_softmax


def softmax_loss(x, y):
    one_hot = np.eye(x.shape[1])[y]
    log_probs = log_softmax(x, axis=1)
    loss = -np.mean((one_hot * log_probs).sum(axis=1))
    return loss, (np.exp(log_probs) - one_hot) / len(y)
