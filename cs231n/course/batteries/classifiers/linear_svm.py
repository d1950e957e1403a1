"""Further cases of the support vector machine's loss."""

import numpy as np

from cs231n.course.batteries.classifiers.linear_losses import (
    of_scores,
    problems,
    try_loss,
    try_no_loops,
)
from cs231n.course.checking.battery import battery


def svm_loss(W, X, y, reg):
    """Example by example: what each score lacks, without that of the true class."""
    total = 0.0
    for x, label in zip(X, y, strict=True):
        scores = [np.sum(x * column) for column in W.T]
        true = scores.pop(label)
        total += sum(score - true + 1 for score in scores if np.real(score - true) > -1)
    return total / len(X) + reg * np.sum(W**2)


def cases():
    yield from problems()
    yield "scores of -1000 and 2000", of_scores([[5, 0, 0], [3, 2.5, 0], [-1000, 2000, 0]], [0] * 3)
    yield "all margins are met", of_scores([[5, 0, 1], [-2, 3.5, 0]], [0, 1])


def naive(trial):
    try_loss(trial, svm_loss, cases())


def vectorized(trial):
    naive(trial)
    try_no_loops(trial)


RETURNS = {"loss": "number", "dW": "array"}
svm_loss_naive = battery("svm_loss_naive", returns=RETURNS)(naive)
svm_loss_vectorized = battery("svm_loss_vectorized", returns=RETURNS)(vectorized)
