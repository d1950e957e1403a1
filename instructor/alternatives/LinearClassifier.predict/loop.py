"""A loop over the examples, and a list."""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return [int(np.argmax(row @ self.W)) for row in X]
