"""A counter for each label, as if they had no gaps.

Says: out of bounds
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        labels = []
        for row in dists:
            counts = np.zeros(len(np.unique(self.y_train)))
            for vote in self.y_train[np.argsort(row)[:k]]:
                counts[vote] += 1
            labels.append(np.argmax(counts))
        return np.array(labels)
