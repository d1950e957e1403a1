"""By sums of one-hot rows, without a loop; labels come back as floats."""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        nearest = np.argpartition(dists, min(k, dists.shape[1]) - 1, axis=1)[:, :k]
        one_hot = np.eye(self.y_train.max() + 1)[self.y_train]
        return one_hot[nearest].sum(axis=1).argmax(axis=1).astype(float)
