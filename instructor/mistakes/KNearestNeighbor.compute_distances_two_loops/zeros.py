"""Zeros, as a placeholder.

Says: every entry is zero
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        return np.zeros((len(X), len(self.X_train)))
