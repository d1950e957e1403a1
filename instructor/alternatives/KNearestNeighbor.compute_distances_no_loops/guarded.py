"""The clamp stands behind a question."""

import numpy as np


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        squares = np.square(X).sum(1)[:, None] + np.square(self.X_train).sum(1)
        squares = squares - 2 * X.dot(self.X_train.T)
        if squares.min() < 0:
            squares[squares < 0] = 0
        return np.sqrt(squares)
