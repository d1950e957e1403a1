"""Without the two parts."""

import numpy as np


def elastic_net_penalty(W, l1, l2):
    return np.sum(l1 * np.abs(W) + l2 * W**2), l1 * np.sign(W) + 2 * l2 * W
