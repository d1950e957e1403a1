"""Answers to the exercises of 01_knn."""

import numpy as np

from cs231n.classifiers import k_nearest_neighbor as given


class KNearestNeighbor(given.KNearestNeighbor):
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[i, j] = np.sqrt(np.sum((X[i] - self.X_train[j]) ** 2))
        return dists

    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sqrt(np.sum((X[i] - self.X_train) ** 2, axis=1))
        return dists

    def compute_distances_no_loops(self, X):
        # einsum squares and sums at once; out= spares further arrays of the result's size.
        dists = X @ self.X_train.T
        dists *= -2
        dists += np.einsum("nd,nd->n", X, X)[:, None]
        dists += np.einsum("md,md->m", self.X_train, self.X_train)
        np.maximum(dists, 0, out=dists)
        return np.sqrt(dists, out=dists)

    def compute_distances_l1(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sum(np.abs(X[i] - self.X_train), axis=1)
        return dists

    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, :k]
        return np.array([np.argmax(np.bincount(votes)) for votes in self.y_train[nearest]])


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        knn = KNearestNeighbor()
        knn.train(
            np.concatenate(X_folds[:fold] + X_folds[fold + 1 :]),
            np.concatenate(y_folds[:fold] + y_folds[fold + 1 :]),
        )
        dists = knn.compute_distances_no_loops(X_folds[fold])
        for k in k_choices:
            right = knn.predict_labels(dists, k) == y_folds[fold]
            accuracies[k].append(float(np.mean(right)))
    return accuracies
