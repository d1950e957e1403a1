"""In plain Python, columns first."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        dists = np.empty((X.shape[0], self.X_train.shape[0]))
        for j, b in enumerate(self.X_train):
            for i, a in enumerate(X):
                dists[i, j] = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        return dists
