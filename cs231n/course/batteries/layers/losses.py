"""Further cases of the losses on scores."""

import numpy as np

from cs231n.course.checking.battery import battery
from cs231n.course.checking.slopes import slope

RETURNS = {"loss": "number", "dx": "array"}


def svm(x, y):
    """The mean of what the scores of wrong classes are too high by, one after the other."""
    excess = [
        score - row[true] + 1
        for row, true in zip(x, y, strict=True)
        for label, score in enumerate(row)
        if label != true
    ]
    return sum(each for each in excess if each.real > 0) / len(x)


def softmax(x, y):
    """By the odds against the true class: -log p_y = log of the sum over j of exp(x_j - x_y)."""
    odds = [np.sum(np.exp(row - row[true])) for row, true in zip(x, y, strict=True)]
    return np.mean(np.log(odds))


def cases():
    """(title, x, y): scores (N, C) of usual size."""
    random = np.random.RandomState(1)
    for title, (N, C) in [
        ("five examples, three classes", (5, 3)),
        ("five other examples", (5, 3)),
        ("one example", (1, 4)),
        ("more classes than examples", (2, 7)),
        ("as many classes as examples", (4, 4)),
        ("two classes", (6, 2)),
    ]:
        yield title, 2 * random.normal(size=(N, C)), random.randint(C, size=N)
    yield "labels 1 and 3 of five", random.normal(size=(4, 5)), np.array([1, 3, 3, 1])


def far():
    """(title, x, y): scores of any size, and up to 600 apart."""
    for title, rows, y in [
        ("scores of 1,000 and -1,000", [[1e3, 1003, 1001], [-1e3, -1001, -1003]], [0, 1]),
        ("scores of -5,000 and 10,000", [[1e4, 9998, 10001], [-5000, -5002, -4999]], [0, 0]),
        ("the true class is 20 and 40 behind", [[0, 20, 3], [-40, -3, 0]], [0, 0]),
        ("the true class is 600 behind", [[-300, 300, 0], [600, 0, 0], [1, 0, 2]], [0, 2, 1]),
        ("the true class is 600 ahead", [[-300, 300, 0], [600, 0, 590], [1, 0, 2]], [1, 0, 1]),
    ]:
        yield title, np.array(rows, dtype=float), np.array(y)


def try_loss(trial, reference, problems):
    """reference: another way to compute the loss, good for complex scores (see slopes.py)."""
    for title, x, y in problems:
        loss, dx = trial.call(title, {"x": x, "y": y})
        counts = {"N": len(x), "C": x.shape[1]}
        dloss = slope(reference, {"x": x, "y": y}, "x")
        trial.close("loss", loss, reference(x, y), atol=1e-9, counts=counts)
        trial.close("dx", dx, dloss, atol=1e-9, counts=counts)


@battery("svm_loss", returns=RETURNS)
def svm_loss(trial):
    try_loss(trial, svm, cases())
    met = np.array([[5.0, 0, 1], [-2, 3.5, 0]])
    wide = np.array([[-1e3, 2e3, 0], [0, 1, 5e4]])
    labels = np.array([0, 1])
    try_loss(trial, svm, [("all margins are met", met, labels), ("large margins", wide, labels)])
    try_loss(trial, svm, far())


@battery("softmax_loss", returns=RETURNS)
def softmax_loss(trial):
    try_loss(trial, softmax, cases())
    try_loss(trial, softmax, far())
