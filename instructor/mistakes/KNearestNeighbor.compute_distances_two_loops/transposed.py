"""Rows and columns are exchanged.

Says: transposed
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(self.X_train), len(X)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[j, i] = np.sqrt(np.sum((X[i] - self.X_train[j]) ** 2))
        return dists
