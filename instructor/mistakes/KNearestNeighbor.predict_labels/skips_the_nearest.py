"""The nearest is left out, as if it were the example itself.

Says: the nearest one is left out
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, 1 : k + 1]
        return np.array([np.argmax(np.bincount(votes)) for votes in self.y_train[nearest]])
