"""k nearest neighbours: an example gets the label that most of its neighbours have."""

import numpy as np

from cs231n.course.training.saving import Saving


class KNearestNeighbor(Saving):
    """Classifies by the labels of the k training examples that are nearest.

    Shapes: N test examples, M training examples, D features.
    """

    LEARNED = ("X_train", "y_train")

    def train(self, X, y):
        """Keeps the training examples: for this classifier, remembering is all of learning.

        X: (M, D) floats, a row an example. y: (M,) integers, its label.
        """
        self.X_train = X
        self.y_train = y

    def predict(self, X, k=1, num_loops=0):
        """The predicted label of each row of X.

        X: (N, D) floats. k: how many neighbours vote. num_loops: 0, 1 or 2, which of the three
        Euclidean versions measures the distances. Returns (N,) labels. Raises ValueError.
        """
        versions = {
            0: self.compute_distances_no_loops,
            1: self.compute_distances_one_loop,
            2: self.compute_distances_two_loops,
        }
        if num_loops not in versions:
            raise ValueError(f"num_loops is {num_loops}, expected 0, 1 or 2")
        return self.predict_labels(versions[num_loops](X), k=k)

    def compute_distances_two_loops(self, X):
        """Euclidean distances, with a loop over test and a loop over training examples.

        X: (N, D) floats. Returns dists (N, M) floats,

            dists[i, j] = sqrt(sum over d of (X[i, d] - X_train[j, d])^2).

        The arrays given stay as they are.
        """
        # TODO: make an array for the result, then fill in one entry at a time: the difference
        # of two rows, its square, the sum, the root.
        raise NotImplementedError("TODO: KNearestNeighbor.compute_distances_two_loops")

    def compute_distances_one_loop(self, X):
        """The same distances, with one loop over the test examples.

        X: (N, D) floats. Returns dists (N, M) floats.

        The arrays given stay as they are.
        """
        # TODO: X[i] has shape (D,) and self.X_train (M, D). Broadcasting subtracts one from all
        # rows of the other; a sum over the right axis leaves a row of dists.
        raise NotImplementedError("TODO: KNearestNeighbor.compute_distances_one_loop")

    def compute_distances_no_loops(self, X):
        """The same distances, with no loop and no array larger than (N, M), (N, D) or (M, D).

        X: (N, D) floats. Returns dists (N, M) floats, zero (and not NaN) where a test example
        equals a training example. By |a - b|^2 = |a|^2 - 2 a.b + |b|^2.

        The arrays given stay as they are.
        """
        # TODO: one matrix product gives every a.b at once; the squared lengths are a column and
        # a row. Rounding can leave -1e-13 where 0 is meant: what does the root make of it?
        raise NotImplementedError("TODO: KNearestNeighbor.compute_distances_no_loops")

    def compute_distances_l1(self, X):
        """Manhattan distances (L1), with no array larger than (N, M) or (M, D).

        X: (N, D) floats. Returns dists (N, M) floats,

            dists[i, j] = sum over d of |X[i, d] - X_train[j, d]|.

        The arrays given stay as they are.
        """
        # TODO: there is no product that expands |a - b|: one loop over the test examples is
        # the way.
        raise NotImplementedError("TODO: KNearestNeighbor.compute_distances_l1")

    def predict_labels(self, dists, k=1):
        """The label that most of the k nearest training examples have, per test example.

        dists: (N, M) floats, dists[i, j] from test example i to training example j. k: how many
        neighbours vote; where k is larger than M, all vote. Returns (N,) labels; of labels with
        equally many votes, the smallest.

        The arrays given stay as they are.
        """
        # TODO: np.argsort orders the training examples of a row by distance; look up the labels
        # of the first k, then count them (np.bincount).
        raise NotImplementedError("TODO: KNearestNeighbor.predict_labels")


def cross_validate_k(X, y, k_choices, num_folds=5):
    """Accuracy of KNearestNeighbor for each k, on each fold when trained on the others.

    X: (M, D) floats. y: (M,) labels. k_choices: the k to try. The folds are the parts that
    np.array_split makes of X and y, in order. Returns a dict {k: [accuracy with fold 0 held out,
    with fold 1 held out, ...]}, accuracies as fractions of 1.

    The arrays given stay as they are.
    """
    # TODO: for each fold: train on the others (np.concatenate), predict the held-out one for
    # each k, keep the share of right labels.
    raise NotImplementedError("TODO: cross_validate_k")
