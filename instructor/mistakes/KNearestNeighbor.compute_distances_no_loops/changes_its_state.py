"""The training examples are replaced by their squares.

Says: asked again
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        product = X @ self.X_train.T
        self.X_train = self.X_train**2
        a, b = np.sum(X**2, axis=1), np.sum(self.X_train, axis=1)
        return np.sqrt(np.maximum(a[:, None] - 2 * product + b, 0))
