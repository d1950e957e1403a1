"""k larger than the training set is an IndexError.

Says: IndexError
"""

import numpy as np


class KNearestNeighbor:
    def predict_labels(self, dists, k=1):
        order = np.argsort(dists, axis=1)
        labels = []
        for row in order:
            votes = np.zeros(self.y_train.max() + 1)
            for place in range(k):
                votes[self.y_train[row[place]]] += 1
            labels.append(np.argmax(votes))
        return np.array(labels)
