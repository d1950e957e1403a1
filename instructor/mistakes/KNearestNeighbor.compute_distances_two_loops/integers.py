"""The result is an array of integers, which cuts off what is behind the point.

Says: wrong dtype
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)), dtype=int)
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[i, j] = np.sqrt(np.sum((X[i] - self.X_train[j]) ** 2))
        return dists
