"""A loop over the examples."""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.array([int(np.argmax(row @ self.W)) for row in X])
