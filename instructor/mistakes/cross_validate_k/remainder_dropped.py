"""Examples that do not fill a fold are dropped.

Says: left over are dropped
"""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    size = len(X) // num_folds
    X_folds = [X[i * size : (i + 1) * size] for i in range(num_folds)]
    y_folds = [y[i * size : (i + 1) * size] for i in range(num_folds)]
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        knn = KNearestNeighbor()
        knn.train(
            np.concatenate(X_folds[:fold] + X_folds[fold + 1 :]),
            np.concatenate(y_folds[:fold] + y_folds[fold + 1 :]),
        )
        for k in k_choices:
            accuracies[k].append(np.mean(knn.predict(X_folds[fold], k=k) == y_folds[fold]))
    return accuracies
