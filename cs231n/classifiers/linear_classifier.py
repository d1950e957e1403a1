"""Linear classifiers: training by gradient descent on minibatches, prediction, tuning."""

from itertools import product

import numpy as np
from tqdm.auto import tqdm, trange

from cs231n.classifiers.linear_svm import svm_loss_vectorized
from cs231n.classifiers.softmax import softmax_loss_vectorized
from cs231n.course.training.diverging import ends_when_diverging
from cs231n.course.training.parallel import in_parallel
from cs231n.course.training.saving import Saving


class LinearClassifier(Saving):
    """Scores are X W, and the class with the highest score wins.

    W: (D, C) weights, None until trained. A subclass says what the loss is.
    """

    LEARNED = ("W",)

    def __init__(self):
        self.W = None

    @ends_when_diverging
    def train(
        self,
        X,
        y,
        learning_rate=1e-3,
        reg=1e-5,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        """Learns W by gradient descent, each step on a minibatch drawn with replacement.

        X: (N, D) floats, a row an example. y: (N,) integers in 0..C-1. reg: strength of the
        regularisation. Where self.W is None it starts at small random numbers (standard
        deviation 0.001), (D, C) with C one more than the largest label; else training goes on
        from it. A minibatch may be larger than N. verbose: shows a progress bar.

        Returns a list of num_iters losses, each before its step.

        The arrays given stay as they are.
        """
        # TODO: at each iteration draw batch_size indices at random (np.random.choice), get loss
        # and gradient from self.loss(X_batch, y_batch, reg), note the loss, and step downhill.
        # For a progress bar: for _ in trange(num_iters, disable=not verbose).
        raise NotImplementedError("TODO: LinearClassifier.train")

    def predict(self, X):
        """The class with the highest score for each row of X.

        X: (N, D) floats. Returns (N,) integers in 0..C-1.

        The arrays given stay as they are.
        """
        # TODO: all scores by one matrix product, then the best of each row.
        raise NotImplementedError("TODO: LinearClassifier.predict")

    def loss(self, X_batch, y_batch, reg):
        """The loss on a minibatch and its gradient with respect to W: a subclass defines it."""
        raise TypeError("LinearClassifier has no loss of its own; use LinearSVM or Softmax")


class LinearSVM(LinearClassifier):
    """A linear classifier with the SVM's loss."""

    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)


class Softmax(LinearClassifier):
    """A linear classifier with the softmax loss."""

    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)


def tune(make_classifier, data, learning_rates, regs, num_iters=500, n_jobs=1):
    """Trains a classifier for each learning rate and each strength of regularisation.

    make_classifier: called without arguments, gives a new untrained classifier. data: dict with
    X_train, y_train, X_val, y_val. num_iters: of each training. n_jobs: how many run at once;
    the result does not depend on it.

    Returns (results, best): results is a dict {(learning_rate, reg): (training accuracy,
    validation accuracy)}, accuracies as fractions of 1; best is the trained classifier with the
    highest validation accuracy, of equals the first.

    The arrays given stay as they are.
    """
    # TODO: a function of (learning_rate, reg) that trains one classifier and measures it on both
    # sets. Call it for all pairs in a loop, or let in_parallel do so, which returns the results in
    # order: in_parallel(function, list(product(learning_rates, regs)), n_jobs). Then pick the best
    # by validation.
    raise NotImplementedError("TODO: tune")
