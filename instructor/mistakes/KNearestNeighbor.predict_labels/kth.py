"""The label of the k-th neighbour alone.

Says: the label of the k-th neighbour
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        kth = np.argsort(dists, axis=1)[:, min(k, dists.shape[1]) - 1]
        return self.y_train[kth]
