"""One matrix product of extended rows does it all."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        ones = np.ones((len(X), 1))
        left = np.hstack([-2 * X, (X * X).sum(1)[:, None], ones])
        right = np.hstack(
            [self.X_train, np.ones((len(self.X_train), 1)), (self.X_train**2).sum(1)[:, None]]
        )
        return np.clip(left.dot(right.T), 0, None) ** 0.5
