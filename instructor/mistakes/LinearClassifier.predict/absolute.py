"""The score that is largest in size wins.

Says: of the largest size
"""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.argmax(np.abs(X @ self.W), axis=1)
