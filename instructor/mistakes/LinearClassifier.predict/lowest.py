"""The lowest score wins.

Says: the lowest score wins
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.argmin(X @ self.W, axis=1)
