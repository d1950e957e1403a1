"""By the library's norms, squared again: two equal examples are only nearly at a distance of 0."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        squares = -2 * X @ self.X_train.T
        squares += np.linalg.norm(X, axis=1, keepdims=True) ** 2
        squares += np.linalg.norm(self.X_train, axis=1) ** 2
        return np.abs(squares) ** 0.5
