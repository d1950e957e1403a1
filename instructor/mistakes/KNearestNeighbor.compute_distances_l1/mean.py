"""The mean over the features in place of the sum.

Says: D = 5 times too small
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_l1(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.mean(np.abs(X[i] - self.X_train), axis=1)
        return dists
