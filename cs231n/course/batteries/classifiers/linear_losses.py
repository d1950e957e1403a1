"""What the losses of linear classifiers have in common: problems, and how an answer is tried."""

import numpy as np

from cs231n.course.checking.slopes import slope


def problems():
    """(title, inputs) of losses with any numbers in them."""
    random = np.random.RandomState(1)
    for title, (N, D, C), reg in [
        ("five examples of four features, three classes", (5, 4, 3), 0.0),
        ("regularised", (5, 4, 3), 0.3),
        ("one example", (1, 3, 4), 0.1),
        ("two classes", (6, 3, 2), 0.7),
        ("one feature, and more classes than examples", (3, 1, 7), 0.2),
        ("as many examples as features and classes", (4, 4, 4), 1.5),
    ]:
        W, X = random.normal(size=(D, C)), random.normal(size=(N, D))
        yield title, {"W": W, "X": X, "y": random.randint(C, size=N), "reg": reg}
    W, X, y = random.normal(size=(3, 5)), random.normal(size=(4, 3)), np.array([1, 3, 3, 1])
    yield "labels 1 and 3 of five", {"W": W, "X": X, "y": y, "reg": 0.1}
    yield "W is zero, and all scores are equal", {"W": np.zeros((3, 5)), "X": X, "y": y, "reg": 0.1}


def of_scores(scores, y):
    """The inputs for which these are the scores: W is the identity."""
    scores = np.array(scores, dtype=float)
    return {"W": np.eye(scores.shape[1]), "X": scores, "y": np.array(y), "reg": 0.0}


def try_loss(trial, reference, cases):
    """reference: another way to compute the loss, good for complex W (see slopes.py)."""
    for title, inputs in cases:
        loss, dW = trial.call(title, inputs)
        counts = {"N": len(inputs["X"])}
        trial.close("loss", loss, reference(**inputs), counts=counts)
        trial.close("dW", dW, slope(reference, inputs, "W"), counts=counts)


def try_no_loops(trial):
    def of_size(N, C):
        return {"W": np.ones((2, C)), "X": np.ones((N, 2)), "y": np.arange(N) % C, "reg": 0.1}

    trial.no_loop("examples", lambda N: of_size(N, 3), 4, 40)
    trial.no_loop("classes", lambda C: of_size(3, C), 4, 40)
