"""The difference is taken in place and spoils the input.

Says: The input X was modified
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                difference = X[i]
                difference -= self.X_train[j]
                dists[i, j] = np.sqrt(np.sum(difference**2))
        return dists
