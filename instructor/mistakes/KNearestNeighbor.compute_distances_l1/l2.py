"""Squares and a root: that is L2.

Says: (L2)
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_l1(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sqrt(np.sum((X[i] - self.X_train) ** 2, axis=1))
        return dists
