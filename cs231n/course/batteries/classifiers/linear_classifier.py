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
    losses, _, classifier = trained(trial, "a second one", {**inputs, "self": classifier})
    trial.close("losses", losses, loss.values)
    trial.close("W at the end", classifier.W, -0.1 * 2 * loss.gradients.sum(axis=0))


def try_minibatches(trial):
    y = np.array([0, 3, 1, 2, 2])[np.arange(50) % 5]
    X = np.column_stack([y, np.arange(50)]).astype(float)
    drawn = []
    for batch_size in (60, 60, 20):
        title = f"minibatches of {batch_size}, drawn from 50 examples"
        inputs = training(trial.owner, X, y, np.zeros((2, 4)), num_iters=40, batch_size=batch_size)
        _, loss, _ = trained(trial, title, inputs)
        _, rows, labels, _ = zip(*loss.calls, strict=True)
        sizes = [len(batch) for batch in rows]
        trial.close("sizes of the minibatches", sizes, [batch_size] * 40)
        drawn += [batch[:, 1] for batch in rows]
        trial.that(
            "the rows of a minibatch have their own labels",
            all(np.array_equal(a[:, 0], b) for a, b in zip(rows, labels, strict=True)),
            "X and y are indexed differently: the same indices belong into both",
        )
    require_chance(trial, drawn)


def require_chance(trial, drawn):
    """That examples were drawn anew each time, from all 50, with replacement."""
    different = len({batch.tobytes() for batch in drawn})
    trial.that(
        "other examples are drawn at each step, and in each training",
        different == len(drawn),
        f"only {different} of {len(drawn)} minibatches differ: "
        "are indices drawn inside of the loop, and the random numbers not seeded?",
    )
    never = np.setdiff1d(np.arange(50), np.concatenate(drawn))
    trial.that(
        "every example can be drawn",
        not len(never),
        f"number {', '.join(f'{row:.0f}' for row in never[:3])} of 0 to 49 was never drawn",
        got=never,
    )
    trial.that(
        "an example can be twice in a minibatch",
        any(len(np.unique(batch)) < 20 for batch in drawn[-40:]),
        "drawn without replacement",
    )


def try_start(trial):
    y = np.array([0, 4, 2, 4, 0])
    starts = []
    for title in ("labels 0, 2 and 4", "labels 0, 2 and 4, once more"):
        inputs = training(trial.owner, np.ones((5, 300)), y, None, learning_rate=0.0, num_iters=1)
        W = trained(trial, title, inputs)[2].W
        trial.close("shape of the W that is made", np.shape(W), [300, 5])
        starts.append(np.array(W))
    trial.that("W starts at random numbers, not at zero", W.any(), "W starts at zero")
    trial.that(
        "W starts at numbers of both signs around zero",
        abs(np.mean(W)) < 0.3 * np.std(W),
        f"their mean is {np.mean(W):.2g}, and their standard deviation {np.std(W):.2g}",
    )
    told = f"a standard deviation of 0.001 is meant, and it is {np.std(W):.2g}"
    trial.that("W starts at small numbers", np.std(W) < 2e-3, told)
    trial.that("W starts at numbers that are not too small", np.std(W) > 5e-4, told)
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
        ("as many examples as classes", (5, 2, 5)),
        ("one example", (1, 3, 4)),
    ]:
        try_predict(trial, title, random.normal(size=(N, D)), random.normal(size=(D, C)))
    try_predict(trial, "no score is positive", np.eye(3), -np.exp(random.normal(size=(3, 4))))


def try_predict(trial, title, X, W):
    classifier = trial.owner()
    classifier.W = W
    labels = trial.call(title, {"self": classifier, "X": X})
    trial.close("labels", labels, most_wins(X, W))


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
