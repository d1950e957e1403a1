"""The mean of the labels, as if they were quantities.

Says: they are names, not quantities
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, :k]
        return np.rint(self.y_train[nearest].mean(axis=1)).astype(int)
