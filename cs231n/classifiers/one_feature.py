"""A small stand-in for KNearestNeighbor, so that a check of cross-validation judges that alone."""

from collections import Counter

import numpy as np


class OneFeatureNeighbor:
    """k nearest neighbours on a single feature, where every distance is |a - b|.

    The interface is that of KNearestNeighbor: X is (N, 1), labels (N,).
    """

    def train(self, X, y):
        self.X_train = X
        self.y_train = y

    def predict(self, X, k=1, num_loops=0):
        return self.predict_labels(self.distances(X), k=k)

    def distances(self, X):
        return np.abs(X - self.X_train.T)

    compute_distances_two_loops = compute_distances_one_loop = distances
    compute_distances_no_loops = compute_distances_l1 = distances

    def predict_labels(self, dists, k=1):
        return np.array([self._vote(row.argsort()[:k]) for row in np.asarray(dists)])

    def _vote(self, neighbours):
        return Counter(sorted(self.y_train[neighbours].tolist())).most_common(1)[0][0]
