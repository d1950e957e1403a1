"""A loop over the test examples is left.

Says: loops in Python
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        return np.stack([np.linalg.norm(row - self.X_train, axis=1) for row in X])
