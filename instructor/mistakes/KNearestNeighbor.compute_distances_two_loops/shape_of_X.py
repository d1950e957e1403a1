"""The number of features is taken for that of training examples.

Says: out of bounds
"""

import numpy as np


class KNearestNeighbor:
    def compute_distances_two_loops(self, X):
        num_test, num_train = X.shape
        dists = np.zeros((num_test, num_train))
        for i in range(num_test):
            for j in range(num_train):
                dists[i, j] = np.sqrt(np.sum((X[i] - self.X_train[j]) ** 2))
        return dists
