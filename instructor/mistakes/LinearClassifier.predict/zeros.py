"""Zeros, as a placeholder.

Says: every entry is zero
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.zeros(len(X), dtype=int)
