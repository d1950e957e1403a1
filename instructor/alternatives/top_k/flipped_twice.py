"""Sorted upwards from the back, and turned round."""

import numpy as np


def top_k(scores, k):
    back = np.argsort(scores[:, ::-1], axis=1, kind="stable")[:, ::-1]
    return scores.shape[1] - 1 - back[:, :k]
