"""By einsum, and abs in place of a maximum."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        squares = np.einsum("nd,nd->n", X, X)[:, np.newaxis] + np.einsum(
            "md,md->m", self.X_train, self.X_train
        )
        return np.sqrt(np.abs(squares - 2 * np.einsum("nd,md->nm", X, self.X_train)))
