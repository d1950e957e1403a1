"""W is replaced by the scores."""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        self.W = X @ self.W
        return np.argmax(self.W, axis=1)
