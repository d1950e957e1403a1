"""The number of votes in place of the label that won them.

Says: the number of votes
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, :k]
        return np.array([np.max(np.bincount(votes)) for votes in self.y_train[nearest]])
