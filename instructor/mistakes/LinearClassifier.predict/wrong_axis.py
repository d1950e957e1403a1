"""The best along the examples.

Says: wrong axis
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.argmax(X @ self.W, axis=0)
