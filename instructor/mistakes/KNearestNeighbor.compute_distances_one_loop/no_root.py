"""The square root is forgotten.

Says: is a square root missing
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sum((X[i] - self.X_train) ** 2, axis=1)
        return dists
