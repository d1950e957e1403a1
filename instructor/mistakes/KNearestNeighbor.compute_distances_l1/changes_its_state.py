"""The training examples are replaced by their absolute values.

Says: asked again
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_l1(self, X):
        dists = np.stack([np.abs(x - self.X_train).sum(axis=1) for x in X])
        self.X_train = np.abs(self.X_train)
        return dists
