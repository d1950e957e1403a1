"""The best score in place of its class.

Says: the score itself
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.max(X @ self.W, axis=1)
