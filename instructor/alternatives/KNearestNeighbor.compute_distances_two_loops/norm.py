"""By the library's norm, from a list of lists."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        return np.array([[np.linalg.norm(a - b) for b in self.X_train] for a in X])
