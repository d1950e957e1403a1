"""Distances once a fold, for all k; deleted rows."""

import numpy as np

from cs231n.classifiers import KNearestNeighbor


def cross_validate_k(X, y, k_choices, num_folds=5):
    accuracies = {k: [] for k in k_choices}
    for fold in np.array_split(np.arange(len(X)), num_folds):
        classifier = KNearestNeighbor()
        classifier.train(np.delete(X, fold, axis=0), np.delete(y, fold))
        dists = classifier.compute_distances_no_loops(X[fold])
        for k in k_choices:
            right = sum(classifier.predict_labels(dists, k=k) == y[fold])
            accuracies[k] += [right / len(fold)]
    return accuracies
