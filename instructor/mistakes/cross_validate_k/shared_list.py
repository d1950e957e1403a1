"""All k share one list.

Says: is one list shared
"""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies = dict.fromkeys(k_choices, [])
    for fold in range(num_folds):
        knn = KNearestNeighbor()
        knn.train(
            np.concatenate(X_folds[:fold] + X_folds[fold + 1 :]),
            np.concatenate(y_folds[:fold] + y_folds[fold + 1 :]),
        )
        for k in k_choices:
            accuracies[k].append(np.mean(knn.predict(X_folds[fold], k=k) == y_folds[fold]))
    return accuracies
