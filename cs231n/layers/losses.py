"""Losses on scores: the last layer of a network, which returns the gradient along with the loss."""

import numpy as np


def svm_loss(x, y):
    """The multiclass SVM loss of scores, and its gradient.

    x: (N, C) scores. y: (N,) integers in 0..C-1. An example's loss is the sum over j != y of
    max(0, x_j - x_y + 1); the loss is the mean over the N examples.

    Returns (loss, dx): a number, and the gradient with respect to x, (N, C).

    The arrays given stay as they are.
    """
    # TODO: as svm_loss_vectorized in 02_svm, but x are the scores already, nothing is regularised,
    # and the gradient goes no further than the scores.
    raise NotImplementedError("TODO: svm_loss")


def softmax_loss(x, y):
    """The cross-entropy of softmax probabilities, and its gradient with respect to the scores.

    x: (N, C) scores. y: (N,) integers in 0..C-1. An example's loss is -log p_y with
    p_j = exp(x_j) / sum over k of exp(x_k); the loss is the mean over the N examples.

    Returns (loss, dx): a number, and the gradient with respect to x, (N, C).

    Scores of any size, and up to 600 apart, must come out right in float64.
    The arrays given stay as they are.
    """
    # TODO: shift each row by its maximum. log p_y is the shifted score of y less the logarithm of
    # the sum, which stays finite where p_y itself is rounded to 0.
    raise NotImplementedError("TODO: softmax_loss")
