"""Two keys: the score first, then the index."""

import numpy as np


def top_k(scores, k):
    index = np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
    return np.lexsort((index, -scores), axis=1)[:, :k]
