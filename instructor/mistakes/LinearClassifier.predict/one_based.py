"""Classes are counted from 1.

Says: too large by 1
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.argmax(X @ self.W, axis=1) + 1
