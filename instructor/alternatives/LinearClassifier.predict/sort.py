"""The last of the sorted."""

import numpy as np


class LinearClassifier:
    def predict(self, X):
        return np.argsort(X.dot(self.W), axis=1)[:, -1].astype(float)
