"""Further cases of the softmax loss of a linear classifier."""

import numpy as np

from cs231n.course.batteries.classifiers.linear_losses import (
    of_scores,
    problems,
    try_loss,
    try_no_loops,
)
from cs231n.course.checking.battery import battery


def softmax_loss(W, X, y, reg):
    """By the odds against the true class: -log p_y = log sum over j of exp(s_j - s_y)."""
    scores = [[np.sum(x * column) for column in W.T] for x in X]
    odds = [sum(np.exp(s - row[label]) for s in row) for row, label in zip(scores, y, strict=True)]
    return np.mean(np.log(odds)) + reg * np.sum(W**2)


def cases():
    # First what a guard in the logarithm shows in, as elsewhere it is nearly right.
    yield "the truth is 600 behind", of_scores([[-300, 300, 0], [300, 299, -300]], [0, 2])
    yield "the truth is 10 and 40 behind", of_scores([[0, 10, 3], [-40, -3, 0]], [0, 0])
    yield from problems()
    yield "scores above 1000", of_scores([[1000, 1001, 998], [1003, 1000, 1002]], [1, 2])
    rows = [[1e5, 100001, 99998], [-5000, -5002, -4999], [0, 1, 2], [600, 590, 595]]
    yield "rows of scores of very different size", of_scores(rows, [1, 0, 2, 0])
    yield "the truth is 600 ahead", of_scores([[-300, 300, 0], [600, 0, 590]], [1, 0])


def naive(trial):
    try_loss(trial, softmax_loss, cases())


def vectorized(trial):
    naive(trial)
    try_no_loops(trial)


RETURNS = {"loss": "number", "dW": "array"}
softmax_loss_naive = battery("softmax_loss_naive", returns=RETURNS)(naive)
softmax_loss_vectorized = battery("softmax_loss_vectorized", returns=RETURNS)(vectorized)
