"""numpy's norm; zeros through a division that leaves them out."""

import numpy as np


def normalize_rows(x):
    lengths = np.linalg.norm(x, axis=1)[:, np.newaxis]
    return np.divide(x, lengths, out=np.zeros_like(x), where=lengths != 0)
