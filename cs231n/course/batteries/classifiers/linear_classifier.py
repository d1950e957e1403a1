"""Further cases of training, predicting with, and tuning linear classifiers."""

from unittest.mock import patch

import numpy as np

from cs231n.course.checking.battery import battery
from cs231n.course.checking.stand_ins import MakeKnown, NotedLoss, OneAfterTheOther
from cs231n.course.training import parallel


def training(owner, X, y, W, reg=0.5, learning_rate=0.1, num_iters=7, batch_size=3, verbose=False):
    """The inputs of a training whose losses are known beforehand."""
    classifier = owner()
    classifier.W = W
    classifier.loss = NotedLoss(classifier, (X.shape[1], 1 + np.max(y)), num_iters)
    return {
        "self": classifier,
        "X": X,
        "y": y,
        "learning_rate": learning_rate,
        "reg": reg,
        "num_iters": num_iters,
        "batch_size": batch_size,
        "verbose": verbose,
    }


@battery("LinearClassifier.train", returns={"losses": "anything"})
def train(trial):
    try_steps(trial)
    try_going_on(trial)
    try_minibatches(trial)
    try_start(trial)
    try_diverging(trial)


def trained(trial, title, inputs):
    """(losses, the loss that noted the calls, the classifier) of a training."""
    losses = trial.call(title, inputs, may_change=["self"], random=True)
    classifier = trial.case.inputs["self"]
    return losses, classifier.loss, classifier


def try_steps(trial):
    """Each step goes down the gradient at the W of the step before."""
    random = np.random.RandomState(1)
    X, y = random.normal(size=(6, 4)), np.array([0, 2, 1, 1, 2, 0])
    for title, W, verbose in [
        ("W is there", random.normal(size=(4, 3)), False),
        ("W is there, and all zeros", np.zeros((4, 3)), False),
        ("with a progress bar", random.normal(size=(4, 3)), True),
    ]:
        inputs = training(trial.owner, X, y, W, verbose=verbose)
        losses, loss, classifier = trained(trial, title, inputs)
        trial.close("losses", losses, loss.values)
        steps = W - 0.1 * np.cumsum(loss.gradients, axis=0)
        trial.close("W at the end", classifier.W, steps[-1])
        trial.close("W at each loss", [call[0] for call in loss.calls], [W, *steps[:-1]])
        trial.close("reg, as the loss gets it", [call[3] for call in loss.calls], [0.5] * 7)


def try_going_on(trial):
    """A second training goes on from the first one's W, and returns its own losses."""
    X, y = np.ones((6, 4)), np.array([0, 2, 1, 1, 2, 0])
    inputs = training(trial.owner, X, y, np.zeros((4, 3)))
    _, loss, classifier = trained(trial, "a first training", inputs)
    again = {**inputs, "self": classifier, "y": np.array([0, 2, 2, 2, 2, 0])}
    losses, _, classifier = trained(trial, "a second one, without label 1", again)
    trial.close("losses", losses, loss.values)
    trial.close("W at the end", classifier.W, -0.1 * 2 * loss.gradients.sum(axis=0))


def try_minibatches(trial):
    y = np.array([0, 3, 1, 2, 2])[np.arange(50) % 5]
    X = np.column_stack([y, np.arange(50)]).astype(float)
    drawn = []
    for batch_size in (20, 60, 60):
        title = f"minibatches of {batch_size}, drawn from 50 examples"
        inputs = training(trial.owner, X, y, np.zeros((2, 4)), num_iters=40, batch_size=batch_size)
        _, loss, _ = trained(trial, title, inputs)
        _, rows, labels, _ = zip(*loss.calls, strict=True)
        sizes = [len(batch) for batch in rows]
        trial.close("sizes of the minibatches", sizes, [batch_size] * 40)
        numbers = [batch[:, 1] for batch in rows]
        drawn += numbers
        trial.that(
            "the rows of a minibatch are rows of X",
            all(np.array_equal(X[np.int64(n) % 50], a) for n, a in zip(numbers, rows, strict=True)),
            "the loss gets them as they are",
        )
        trial.that(
            "the rows of a minibatch have their own labels",
            all(np.array_equal(a[:, 0], b) for a, b in zip(rows, labels, strict=True)),
            "the same indices belong into X and y",
        )
    require_chance(trial, drawn)


def require_chance(trial, drawn):
    """That examples were drawn anew each time, from all 50, with replacement."""
    trial.that(
        "other examples are drawn at each step, and in each training",
        len({batch.tobytes() for batch in drawn}) == len(drawn),
        "indices are drawn at random, inside of the loop, and nobody seeds",
    )
    never = np.setdiff1d(np.arange(50), np.concatenate(drawn))
    trial.that(
        "every example can be drawn",
        not len(never),
        f"number {', '.join(f'{row:.0f}' for row in never[:3])} of 0 to 49 never is",
        got=never,
    )
    trial.that(
        "an example can be twice in a minibatch",
        any(len(np.unique(batch)) < len(batch) for batch in drawn[:40]),
        "drawn without replacement",
    )


def try_start(trial):
    y = np.array([1, 4, 2, 4, 1])
    starts = []
    for title in ("labels 1, 2 and 4", "labels 1, 2 and 4, once more"):
        inputs = training(trial.owner, np.ones((5, 300)), y, None, learning_rate=0.0, num_iters=1)
        W = trained(trial, title, inputs)[2].W
        trial.close("shape of the W that is made", np.shape(W), [300, 5])
        starts.append(np.array(W))
    size = np.std(W)
    trial.that("W starts at random numbers, not at zero", W.any(), "W starts at zero")
    for claim, holds, cause in [
        ("both signs around zero", abs(np.mean(W)) < 0.3 * size, "they lie to one side of it"),
        ("a small size", size < 2e-3, "their standard deviation is above 0.002"),
        ("a size that is not too small", size > 5e-4, "their standard deviation is below 0.0005"),
    ]:
        trial.that(f"W starts at numbers of {claim}", holds, cause)
    trial.that(
        "each new classifier starts at other random numbers",
        not np.array_equal(*starts),
        "the random numbers are seeded in the training",
    )


def try_diverging(trial):
    """Where a loss is no number, training ends: see ends_when_diverging."""
    inputs = training(trial.owner, np.ones((6, 4)), np.array([0, 2, 1, 1, 2, 0]), np.zeros((4, 3)))
    inputs["self"].loss.values[4] = np.inf
    losses, loss, _ = trained(trial, "the fifth loss is infinite", inputs)
    trial.close("losses", losses, loss.values[:4])


@battery("LinearClassifier.predict", returns={"labels": "labels"})
def predict(trial):
    random = np.random.RandomState(1)
    for title, (N, D, C) in [
        ("more examples than classes", (7, 4, 3)),
        ("more classes than examples", (2, 3, 6)),
        ("as many examples as features and classes", (4, 4, 4)),
        ("one example", (1, 3, 4)),
    ]:
        try_predict(trial, title, random.normal(size=(N, D)), random.normal(size=(D, C)))
    W = -np.exp(random.normal(size=(3, 4)))
    classifier = try_predict(trial, "no score is positive", np.eye(3), W)
    X = random.normal(size=(3, 3))
    labels = trial.call("the same classifier, other examples", {"self": classifier, "X": X})
    trial.close("labels", labels, most_wins(X, W))


def try_predict(trial, title, X, W):
    """Returns the classifier, as the call left it."""
    classifier = trial.owner()
    classifier.W = W
    labels = trial.call(title, {"self": classifier, "X": X})
    trial.close("labels", labels, most_wins(X, W))
    return trial.case.inputs["self"]


def most_wins(X, W):
    """One class after the other against the best so far."""
    best = np.zeros(len(X), dtype=int)
    for c in range(1, W.shape[1]):
        difference = np.sum(X * (W[:, c] - W.T[best]), axis=1)
        best[difference > 0] = c
    return best


# (right of 10 training examples, right of 8 validation examples) for each rate, each strength.
WELL_MIXED = [[(7, 3), (10, 5), (2, 4)], [(4, 6), (9, 2), (8, 5)]]
EQUALS = [[(3, 2), (5, 7), (9, 1)], [(6, 4), (10, 7), (8, 7)]]
NEVER_RIGHT = [[(0, 0), (2, 0)], [(1, 0), (0, 0)]]


@battery("tune", returns={"results": "dict", "best": "anything"})
def tune(trial):
    try_grid(trial, "two rates, three strengths", WELL_MIXED, best=(1, 0))
    try_grid(trial, "equally good ones", EQUALS, best=(0, 1))
    try_grid(trial, "no validation example is ever right", NEVER_RIGHT, best=(0, 0))
    try_grid(trial, "one rate, one strength", [[(5, 3)]], best=(0, 0))
    with patch.object(parallel, "Parallel", OneAfterTheOther):
        try_grid(trial, "n_jobs = 2, in processes of their own", WELL_MIXED, best=(1, 0), n_jobs=2)


def try_grid(trial, title, right, best, n_jobs=1):
    """best: the position of the best settings in `right`."""
    rates, regs = [0.3, 0.02][: len(right)], [0.5, 4.0, 0.1][: len(right[0])]
    known = {(rate, reg): right[i][j] for i, rate in enumerate(rates) for j, reg in enumerate(regs)}
    make = MakeKnown(known)
    inputs = {
        "make_classifier": make,
        "data": make.data,
        "learning_rates": rates,
        "regs": regs,
        "num_iters": 7,
        "n_jobs": n_jobs,
    }
    changed = ["make_classifier"]
    results, found = trial.call(title, inputs, may_change=changed, random=n_jobs > 1)
    require_pairs(trial, results, known)
    if n_jobs == 1:
        require_trainings(trial, make.data, known)
    accuracies = [results[pair] for pair in known]
    expected = np.array(list(known.values())) / [10, 8]
    trial.close("accuracies", accuracies, expected)
    kind = "None" if found is None else f"a {type(found).__name__}"
    trial.that(
        f"best, {kind}, is one of the classifiers ({title})",
        hasattr(found, "settings"),
        f"best is {kind}, where the trained classifier itself is meant",
    )
    trial.close("settings of the best", found.settings, (rates[best[0]], regs[best[1]]))


def require_pairs(trial, results, known):
    try:
        pairs = np.array(sorted(results), dtype=float)
    except (TypeError, ValueError):
        pairs = None
    trial.that(
        f"the keys of results are the pairs (learning rate, reg) ({trial.case.title})",
        set(results) == set(known),
        f"they are {list(results)}",
        got=pairs,
    )


def require_trainings(trial, data, known):
    """That each pair has a classifier, which was trained once, with all that it was to get."""
    made = [each for each in trial.case.inputs["make_classifier"].made if each.taught]
    times = [len(classifier.taught) for classifier in made]
    trial.close("how often each classifier was trained", times, [1] * len(known))
    X, y, iterations = zip(*[classifier.taught[0] for classifier in made], strict=True)
    trial.close(
        "number of examples that each learns from", [len(rows) for rows in X], [10] * len(X)
    )
    trial.that(
        "each learns from X_train and y_train",
        all(np.array_equal(rows, data["X_train"]) for rows in X)
        and all(np.array_equal(labels, data["y_train"]) for labels in y),
        "other examples, or other labels, are given to train",
    )
    trial.close("num_iters, as train gets it", iterations, [7] * len(known))
