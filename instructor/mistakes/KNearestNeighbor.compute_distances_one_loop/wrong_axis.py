"""The sum runs over the training examples.

Says: could not broadcast
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sqrt(np.sum((X[i] - self.X_train) ** 2, axis=0))
        return dists
