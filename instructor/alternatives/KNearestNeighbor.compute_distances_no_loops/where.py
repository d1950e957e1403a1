"""NaN is avoided after the fact."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        squares = (X**2).sum(axis=1).reshape(-1, 1) + (self.X_train**2).sum(axis=1).reshape(1, -1)
        squares -= 2 * np.dot(X, self.X_train.T)
        squares[squares < 0] = 0
        return np.sqrt(squares)
