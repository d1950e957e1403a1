"""Folds stacked with vstack and hstack, results in a defaultdict."""

from collections import defaultdict

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    k_to_accuracies = defaultdict(list)
    X_parts, y_parts = np.array_split(X, num_folds), np.array_split(y, num_folds)
    for k in k_choices:
        for i in range(num_folds):
            knn = KNearestNeighbor()
            X_others = np.vstack(X_parts[:i] + X_parts[i + 1 :])
            knn.train(X_others, np.hstack(y_parts[:i] + y_parts[i + 1 :]))
            k_to_accuracies[k].append(float(np.mean(knn.predict(X_parts[i], k, 1) == y_parts[i])))
    return k_to_accuracies
