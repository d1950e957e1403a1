"""By the library's norm, stacked."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_one_loop(self, X):
        return np.stack([np.linalg.norm(self.X_train - row, axis=-1) for row in X])
