"""The training examples' lengths are kept for as long as these are the same."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        if getattr(self, "lengths_of", None) is not self.X_train:
            self.lengths_of = self.X_train
            self.lengths = np.sum(self.X_train**2, axis=1)
        squares = np.sum(X**2, axis=1)[:, np.newaxis] + self.lengths - 2 * X @ self.X_train.T
        return np.sqrt(np.maximum(squares, 0))
