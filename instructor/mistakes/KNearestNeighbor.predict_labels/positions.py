"""The neighbours' positions are counted in place of their labels.

Says: not their labels
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, :k]
        return np.array([np.argmax(np.bincount(row)) for row in nearest])
