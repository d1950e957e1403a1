"""By masks over all examples; accuracies in an array."""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    folds = np.array_split(np.arange(len(X)), num_folds)
    accuracies = {}
    for k in k_choices:
        accuracies[k] = np.zeros(num_folds)
        for i, fold in enumerate(folds):
            held_out = np.isin(np.arange(len(X)), fold)
            knn = KNearestNeighbor()
            knn.train(X[~held_out], y[~held_out])
            accuracies[k][i] = (knn.predict(X[held_out], k=k) == y[held_out]).mean()
    return accuracies
