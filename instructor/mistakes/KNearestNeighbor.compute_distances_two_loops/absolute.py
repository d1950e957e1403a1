"""Absolute differences are summed: that is L1.

Says: (L1)
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[i, j] = np.sum(np.abs(X[i] - self.X_train[j]))
        return dists
