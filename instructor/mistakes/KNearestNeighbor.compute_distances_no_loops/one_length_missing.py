"""The squared lengths of the training examples are left out.

Says: |b|^2 is missing
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        a = np.sum(X**2, axis=1, keepdims=True)
        return np.sqrt(np.maximum(a - 2 * X @ self.X_train.T, 0))
