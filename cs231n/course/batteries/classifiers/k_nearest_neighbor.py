"""Further cases of k nearest neighbours: distances, the vote, cross-validation."""

import math
from collections import Counter

import numpy as np

from cs231n.course.checking.battery import battery
from cs231n.course.checking.trial import RTOL

EXPANDED = 1e-6  # for |a - b|^2 by three terms that nearly cancel, as a share of the largest number

NAN = "rounding can leave -1e-13 where 0 is meant, and the root of that is NaN"


def euclidean(X, X_train):
    return np.array([[math.dist(a, b) for b in X_train] for a in X])


def manhattan(X, X_train):
    return np.array([[math.fsum(map(abs, a - b)) for b in X_train] for a in X])


def points():
    """(title, X, X_train): each number of examples and of features is once the largest."""
    random = np.random.RandomState(5)
    for title, N, M, D in [
        ("more training examples than test examples", 3, 5, 4),
        ("more test examples than training examples", 4, 2, 3),
        ("more features than examples", 2, 3, 9),
        ("as many examples of both kinds as features", 3, 3, 3),
        ("one feature", 3, 2, 1),
        ("one example of each kind", 1, 1, 3),
    ]:
        yield title, random.normal(size=(N, D)), random.normal(size=(M, D))
    yield "tiny distances", *(1e-4 * random.normal(size=(n, 3)) for n in (2, 4))


def cancelling_points():
    """(title, X, X_train): distances that are small beside the points themselves."""
    random = np.random.RandomState(6)
    X_train = random.uniform(0, 9, size=(16, 100))
    yield "each test example is a training example", X_train[::-1].copy(), X_train
    whole = random.randint(-9, 10, size=(5, 3)).astype(float)
    yield "whole numbers, two test examples are training examples", whole[[4, 0]], whole
    yield (
        "points far from zero",
        1e4 + random.normal(size=(3, 4)),
        1e4 + random.normal(size=(5, 4)),
    )


def trained(trial, X_train, labels=None):
    """A classifier that was given these examples."""
    knn = trial.owner()
    knn.train(X_train, np.arange(len(X_train)) if labels is None else labels)
    return knn


def require_distances(trial, reference, cancelled=RTOL):
    """That distances are those of a reference. cancelled: rtol where the points are far away."""
    for rtol, cases in [(RTOL, points()), (cancelled, cancelling_points())]:
        for title, X, X_train in cases:
            dists = trial.call(title, {"self": trained(trial, X_train), "X": X})
            trial.that(f"no distance is NaN ({title})", np.all(dists == dists), NAN)
            counts = {"D": X.shape[1]}
            trial.close("dists", dists, reference(X, X_train), rtol=rtol, counts=counts)
    X = np.random.RandomState(8).normal(size=(3, 4))
    require_nothing_kept(trial, "distances", [X], lambda X_train, _: reference(X, X_train))


def require_nothing_kept(trial, name, given, expected, labels=None):
    """That an object that is used again, and trained anew in between, does as a new one does.

    given: the input, apart from self. expected: function of the training examples, and of their
    labels, that gives what is right. labels: those of the first training.
    """
    trial.settle()
    X_train = np.random.RandomState(7).normal(size=(5, 4))
    labels = np.arange(5) if labels is None else labels
    knn = trained(trial, X_train, labels)
    first = trial.function(knn, *given)
    was = np.array(first)
    knn.train(X_train[::-1] + 1, labels[::-1] + 1)
    second = trial.function(knn, *given)
    trial.that(
        f"an object that is trained anew gives the {name} of its new examples",
        np.allclose(second, expected(X_train[::-1] + 1, labels[::-1] + 1), rtol=RTOL),
        "something is kept in the object, though it was trained on other examples in between",
        got=second,
    )
    trial.that(
        f"{name} that were returned stay as they are when the object is used again",
        np.array_equal(first, was),
        "one array is kept in the object and written again: each call needs an array of its own",
    )


def inputs_of_size(trial, N, M, D):
    return {"self": trained(trial, np.ones((M, D))), "X": np.zeros((N, D))}


def require_little_memory(trial):
    """That no array of N x M x D numbers is made: here it would take 9 MB."""
    X = np.random.RandomState(0).uniform(size=(60, 300))
    trial.memory("60 pictures, 300 features", {"self": trained(trial, X), "X": X}, megabytes=2)


@battery("KNearestNeighbor.compute_distances_two_loops", returns={"dists": "array"})
def two_loops(trial):
    require_distances(trial, euclidean)


@battery("KNearestNeighbor.compute_distances_one_loop", returns={"dists": "array"})
def one_loop(trial):
    require_distances(trial, euclidean, cancelled=EXPANDED)
    trial.no_loop("training examples", lambda M: inputs_of_size(trial, 2, M, 3), 5, 50)


@battery("KNearestNeighbor.compute_distances_no_loops", returns={"dists": "array"})
def no_loops(trial):
    require_distances(trial, euclidean, cancelled=EXPANDED)
    require_little_memory(trial)
    trial.no_loop("test examples", lambda N: inputs_of_size(trial, N, 3, 3), 4, 40)
    trial.no_loop("training examples", lambda M: inputs_of_size(trial, 3, M, 3), 4, 40)
    trial.no_loop("features", lambda D: inputs_of_size(trial, 3, 3, D), 4, 40)


@battery("KNearestNeighbor.compute_distances_l1", returns={"dists": "array"})
def l1(trial):
    require_distances(trial, manhattan)
    require_little_memory(trial)


def vote(row, labels, k):
    """The label that most of the k nearest have; of those with as many votes, the smallest."""
    nearest = sorted(zip(row, labels, strict=True))[:k]
    votes = Counter(int(label) for _, label in nearest)
    return min(votes, key=lambda label: (-votes[label], label))


def elections():
    """(title, dists, labels, k): labels have gaps, no two distances of a row are equal."""
    random = np.random.RandomState(8)
    for title, N, M, k in [
        ("k = 1", 12, 9, 1),
        ("k = 3", 20, 9, 3),
        ("an even k", 20, 8, 4),
        ("k = 7", 9, 12, 7),
        ("k = M", 7, 5, 5),
        ("k larger than M", 7, 5, 8),
        ("one test example", 1, 6, 3),
        ("one training example", 4, 1, 1),
    ]:
        dists = random.permutation(N * M).reshape(N, M) / 4
        yield title, dists, random.choice([300, 17, 8, 3, 1], size=M), k


@battery("KNearestNeighbor.predict_labels", returns={"labels": "labels"})
def predict_labels(trial):
    for title, dists, labels, k in elections():
        knn = trained(trial, np.zeros((len(labels), 2)), labels)
        got = trial.call(title, {"self": knn, "dists": dists, "k": k})
        trial.close("labels", got, [vote(row, labels, k) for row in dists])
    require_default_k(trial)
    require_new_labels(trial)


def require_default_k(trial):
    (_, dists, labels, _), *_ = elections()
    knn = trained(trial, np.zeros((len(labels), 2)), labels)
    got = trial.call("k is not given", {"self": knn, "dists": dists})
    trial.close("labels", got, [vote(row, labels, 1) for row in dists])


def require_new_labels(trial):
    """That an object forgets the labels that it was trained on before."""
    dists = np.random.RandomState(8).permutation(15).reshape(3, 5) / 4
    require_nothing_kept(
        trial,
        "labels",
        [dists, 3],
        lambda _, labels: [vote(row, labels, 3) for row in dists],
        labels=np.array([3, 0, 3, 8, 0]),
    )


def share_right(X, y, held_out, k):
    """The share of the held-out examples whose label the others vote for."""
    others = [j for j in range(len(X)) if j not in held_out]
    rows = {i: [math.dist(X[i], X[j]) for j in others] for i in held_out}
    return np.mean([vote(row, y[others], k) == y[i] for i, row in rows.items()])


def folds(M, num_folds):
    """Ranges of as many examples each, one more in the first ones where they do not divide."""
    size, left_over = divmod(M, num_folds)
    ends = [(i + 1) * size + min(i + 1, left_over) for i in range(num_folds)]
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def trainings():
    """(title, X, y, k_choices, num_folds)."""
    random = np.random.RandomState(9)
    for title, M, D, k_choices, num_folds in [
        ("folds of unequal size", 26, 3, [4, 1], 4),
        ("folds of equal size", 24, 2, [1, 3, 7], 3),
        ("two folds, one k", 13, 4, [2], 2),
        ("k larger than the training set", 14, 2, [3, 50], 3),
        ("a fold for each example", 9, 2, [1, 3], 9),
    ]:
        yield title, random.normal(size=(M, D)), random.choice([1, 4, 9], M), k_choices, num_folds


@battery(
    "cross_validate_k",
    returns={"accuracies": "dict"},
    needs=["KNearestNeighbor.compute_distances_no_loops", "KNearestNeighbor.predict_labels"],
    maybe=[
        "KNearestNeighbor.compute_distances_one_loop",
        "KNearestNeighbor.compute_distances_two_loops",
        "KNearestNeighbor.compute_distances_l1",
    ],
)
def cross_validate_k(trial):
    for title, X, y, k_choices, num_folds in trainings():
        inputs = {"X": X, "y": y, "k_choices": k_choices, "num_folds": num_folds}
        require_accuracies(trial, title, inputs)
    (_, X, y, k_choices, _), *_ = trainings()
    require_accuracies(trial, "five folds by default", {"X": X, "y": y, "k_choices": k_choices})


def require_accuracies(trial, title, inputs):
    X, y, k_choices, num_folds = [*inputs.values(), 5][:4]
    accuracies = trial.call(title, inputs)
    tried = sorted(map(str, accuracies))
    trial.that(
        f"the keys are the k that were tried ({title})",
        tried == sorted(map(str, k_choices)),
        f"the keys are {', '.join(tried)}, where {', '.join(map(str, k_choices))} were to be tried",
    )
    expected = [
        [share_right(X, y, fold, k) for fold in folds(len(X), num_folds)] for k in k_choices
    ]
    trial.close("accuracies", [accuracies[k] for k in k_choices], expected)
