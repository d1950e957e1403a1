"""The inputs are squared in place.

Says: The input X was modified
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        product = X @ self.X_train.T
        X **= 2
        b = np.sum(self.X_train**2, axis=1)
        return np.sqrt(np.maximum(np.sum(X, axis=1)[:, None] - 2 * product + b, 0))
