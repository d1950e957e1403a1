"""The mean over the features in place of the sum.

Says: the same factor 0.4472
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[i, j] = np.sqrt(np.mean((X[i] - self.X_train[j]) ** 2))
        return dists
