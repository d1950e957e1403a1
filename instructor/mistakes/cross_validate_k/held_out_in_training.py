"""The held-out fold is among the training examples.

Says: the held-out fold is among the training examples
"""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        knn = KNearestNeighbor()
        knn.train(np.concatenate(X_folds), np.concatenate(y_folds))
        for k in k_choices:
            accuracies[k].append(np.mean(knn.predict(X_folds[fold], k=k) == y_folds[fold]))
    return accuracies
