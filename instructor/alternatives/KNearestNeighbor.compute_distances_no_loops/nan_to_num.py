"""The root of a negative number is taken, and its NaN made 0 afterwards."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        squares = np.square(X).sum(axis=1, keepdims=True) + np.square(self.X_train).sum(axis=1)
        return np.nan_to_num(np.sqrt(squares - 2 * np.dot(X, self.X_train.T)))
