"""The training examples are shifted in place.

Says: The input X_train was modified
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            self.X_train -= X[i]
            dists[i] = np.sqrt(np.sum(self.X_train**2, axis=1))
            self.X_train += 2 * X[i]
        return dists
