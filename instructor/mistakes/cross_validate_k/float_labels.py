"""Examples and labels are stacked, which makes the labels floats.

Says: expected integers
"""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    folds = np.array_split(np.column_stack([X, y]), num_folds)
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        others = np.concatenate(folds[:fold] + folds[fold + 1 :])
        knn = KNearestNeighbor()
        knn.train(others[:, :-1], others[:, -1])
        for k in k_choices:
            accuracies[k].append(
                np.mean(knn.predict(folds[fold][:, :-1], k=k) == folds[fold][:, -1])
            )
    return accuracies
