"""Further cases of preprocessing: centred, standardized and whitened data."""

from math import fsum, sqrt

import numpy as np

from cs231n.course.checking.battery import battery

SETS = {"sets": "several"}


def mean_of(numbers):
    return fsum(map(float, numbers)) / len(numbers)


def spread_of(numbers):
    """The standard deviation, over N."""
    mean = mean_of(numbers)
    return sqrt(fsum((float(x) - mean) ** 2 for x in numbers) / len(numbers))


def by_feature(statistic, X):
    """The statistic of each feature over the examples, one after the other."""
    features = X.reshape(len(X), -1).T
    return np.reshape([statistic(column) for column in features], X.shape[1:])


def named(sets):
    """The sets as inputs {name: array}, the training set first."""
    return {f"X_{i}" if i else "X_train": X for i, X in enumerate(sets)}


def require_sets(trial, title, sets, expected):
    """That so many sets come back, each with the values expected."""
    got = trial.call(title, named(sets))
    count = "a tuple with as many sets as were given, the training set first"
    lengths = np.array([np.size(each) for each in got])
    trial.that(f"{len(sets)} sets come back ({title})", len(got) == len(sets), count, got=lengths)
    for (name, right), each in zip(named(expected).items(), got, strict=True):
        kind = f"it is a {type(each).__name__}"
        trial.that(f"{name} is an array ({title})", type(each) is np.ndarray, kind)
        trial.close(name, each, right)


def shifted_sets(random, *shapes):
    """Sets of these shapes, each around another place."""
    return [random.normal(3.0 - 2 * i, 1 + i, size=shape) for i, shape in enumerate(shapes)]


@battery("zero_center", returns=SETS)
def zero_center(trial):
    random = np.random.RandomState(0)
    pictures = random.randint(0, 256, size=(6, 3, 2, 3)).astype(np.uint8)
    for title, sets in [
        ("three sets", shifted_sets(random, (5, 3), (4, 3), (2, 3))),
        ("the training set alone", shifted_sets(random, (4, 2))),
        ("as many examples as features", shifted_sets(random, (3, 3), (3, 3))),
        ("one further example", shifted_sets(random, (4, 3), (1, 3))),
        ("pictures", shifted_sets(random, (4, 2, 3, 3), (2, 2, 3, 3))),
        ("pictures of uint8", [pictures[:4], pictures[4:]]),
        ("far from 0", [1e6 + random.normal(size=(5, 2)), random.normal(size=(3, 2))]),
    ]:
        mean = by_feature(mean_of, sets[0])
        require_sets(trial, title, sets, [np.subtract(X, mean, dtype=float) for X in sets])


@battery("standardize", returns=SETS)
def standardize(trial):
    random = np.random.RandomState(1)
    flat = shifted_sets(random, (3, 4), (2, 4))
    flat[0][:, 1] = 0.1  # its computed standard deviation is not exactly 0
    flat[0][:, 2] = 7
    for title, sets in [
        ("three sets", shifted_sets(random, (5, 3), (4, 3), (2, 3))),
        ("the training set alone", shifted_sets(random, (4, 2))),
        ("as many examples as features", shifted_sets(random, (3, 3), (3, 3))),
        ("features of very different size", [random.normal(size=(6, 3)) * [1e-6, 1, 1e6]] * 2),
        ("features that never vary in the training set", flat),
        ("one training example", shifted_sets(random, (1, 3), (2, 3))),
        ("far from 0", [1e3 + random.normal(size=(5, 2)), random.normal(size=(3, 2))]),
    ]:
        mean, std = by_feature(mean_of, sets[0]), by_feature(spread_of, sets[0])
        std = np.where(np.ptp(sets[0], axis=0), std, np.inf)
        require_sets(trial, title, sets, [(X - mean) / std for X in sets])


@battery("per_channel_center", returns=SETS)
def per_channel_center(trial):
    random = np.random.RandomState(2)
    pictures = random.randint(0, 256, size=(6, 4, 2, 3)).astype(np.uint8)
    for title, sets in [
        ("three sets", shifted_sets(random, (3, 2, 4, 3), (2, 2, 4, 3), (1, 2, 4, 3))),
        ("the training set alone", shifted_sets(random, (2, 2, 5, 3))),
        ("three of each", shifted_sets(random, (3, 3, 3, 3), (3, 3, 3, 3))),
        ("one picture in each", shifted_sets(random, (1, 2, 3, 3), (1, 2, 3, 3))),
        ("pictures of uint8", [pictures[:4], pictures[4:]]),
    ]:
        mean = [mean_of(sets[0][..., channel].ravel()) for channel in range(3)]
        require_sets(trial, title, sets, [np.subtract(X, mean, dtype=float) for X in sets])


# --- principal components


def cloud(random, N, stds, D, mean):
    """N points around `mean` with these standard deviations along directions at right angles.

    Returns (X, directions): the directions are the columns.
    """
    K = len(stds)
    along = random.normal(size=(N, K))
    along, _ = np.linalg.qr(along - along.mean(axis=0))  # at right angles, and centred
    directions, _ = np.linalg.qr(random.normal(size=(D, K)))
    return mean + np.sqrt(N) * along * stds @ directions.T, directions


@battery("pca", returns={"mean": "array", "components": "array", "variances": "array"})
def pca(trial):
    random = np.random.RandomState(3)
    for title, N, stds, D, K, shift in [
        ("many points", 40, [3, 2, 1, 0.5], 4, 2, 1.0),
        ("as many components as features", 30, [4, 2, 1], 3, 3, 0.0),
        ("fewer points than features", 6, [5, 3, 2, 1], 9, 3, -2.0),
        ("one component", 12, [2, 0.5], 5, 1, 3.0),
        ("far from 0", 20, [2, 1, 0.5], 3, 2, 100.0),
        ("small numbers", 20, [3e-4, 2e-4, 1e-4], 4, 3, 0.0),
    ]:
        mean = shift + random.normal(size=D) * (shift != 0)
        X, directions = cloud(random, N, np.array(stds), D, mean)
        got = trial.call(title, {"X": X, "num_components": K})
        require_components(trial, title, got, directions[:, :K])
        trial.close("mean", got[0], by_feature(mean_of, X), atol=1e-9)
        trial.close("variances", got[2], np.square(stds[:K]), rtol=1e-8)
    X, directions = cloud(random, 10, np.array([2, 1]), 4, 0.0)
    got = trial.call("a cloud that is flat in two directions", {"X": X, "num_components": 4})
    require_components(trial, "a cloud that is flat in two directions", got, directions)
    trial.close("variances", got[2], [4, 1, 0, 0], rtol=1e-8)


def require_components(trial, title, got, directions):
    """Columns of length 1 at right angles, of which the first are these directions, up to sign."""
    mean, components, variances = got
    D, K = len(mean), len(variances)
    trial.close("the shape of components", np.shape(components), (len(directions), K), rtol=0)
    trial.close("the number of entries of mean", D, len(directions), rtol=0)
    products = components.T @ components
    trial.close("the squared lengths of the components", np.diag(products), np.ones(K), rtol=1e-8)
    apart = np.allclose(products, np.diag(np.diag(products)), atol=1e-8)
    cause = "the product of two of them is not 0: see np.linalg.eigh, or svd"
    trial.that(f"the components are at right angles ({title})", apart, cause)
    first = components[:, : directions.shape[1]]
    signs = np.where(np.sum(first * directions[:, : first.shape[1]], axis=0) < 0, -1, 1)
    trial.close("components, up to sign,", first * signs, directions, rtol=1e-7)


@battery("whiten", returns={"coordinates": "array"})
def whiten(trial):
    random = np.random.RandomState(4)
    for title, N, D, K, given in [
        ("two components of four features", 5, 4, 2, {}),
        ("as many of each", 3, 3, 3, {}),
        ("one example", 1, 4, 3, {}),
        ("one component", 6, 3, 1, {}),
        ("a large eps", 4, 3, 2, {"eps": 2.0}),
        ("no eps", 4, 3, 2, {"eps": 0.0}),
    ]:
        inputs = points_and_axes(random, N, D, K, given)
        coordinates = trial.call(title, inputs)
        trial.close("coordinates", coordinates, whitened(**inputs))
    flat = points_and_axes(random, 4, 3, 2, {"eps": 0.25})
    flat["variances"][1] = 0
    coordinates = trial.call("a direction in which nothing varies", flat)
    trial.close("coordinates", coordinates, whitened(**flat))


def points_and_axes(random, N, D, K, given):
    """The inputs of whiten: any points, whose own mean and spread are not those of the fit."""
    axes, _ = np.linalg.qr(random.normal(size=(D, K)))
    variances = np.sort(random.uniform(0.1, 4, size=K))[::-1].copy()
    points = random.normal(2.0, 3.0, size=(N, D))
    mean = random.normal(size=D)
    return {"X": points, "mean": mean, "components": axes, "variances": variances} | given


def whitened(X, mean, components, variances, eps=1e-5):
    """The coordinates number by number."""
    return np.array(
        [
            [
                fsum((x - mean) * components[:, k]) / sqrt(variances[k] + eps)
                for k in range(len(variances))
            ]
            for x in X
        ]
    )
