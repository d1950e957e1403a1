"""Trained on the fold, tested on all others.

Says: the roles are exchanged
"""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        X_others = np.concatenate(X_folds[:fold] + X_folds[fold + 1 :])
        y_others = np.concatenate(y_folds[:fold] + y_folds[fold + 1 :])
        knn = KNearestNeighbor()
        knn.train(X_folds[fold], y_folds[fold])
        for k in k_choices:
            accuracies[k].append(np.mean(knn.predict(X_others, k=k) == y_others))
    return accuracies
