"""The root of each square, before the sum: that is L1.

Says: the root is taken before the sum
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sum(np.sqrt((X[i] - self.X_train) ** 2), axis=1)
        return dists
