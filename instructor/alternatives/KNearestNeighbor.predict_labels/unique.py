"""By unique labels and their counts, with a stable sort."""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        y_pred = np.zeros(dists.shape[0])
        for i in range(dists.shape[0]):
            closest_y = self.y_train[np.argsort(dists[i], kind="stable")][:k]
            labels, counts = np.unique(closest_y, return_counts=True)
            y_pred[i] = labels[counts.argmax()]
        return y_pred
