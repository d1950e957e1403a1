"""The key's nearest neighbours against scipy, scikit-learn, and the axioms of a metric."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

L2 = ("compute_distances_two_loops", "compute_distances_one_loop", "compute_distances_no_loops")
METRICS = {**dict.fromkeys(L2, "euclidean"), "compute_distances_l1": "cityblock"}
methods = pytest.mark.parametrize("method", METRICS)


@pytest.fixture(scope="session")
def module(import_solved):
    return import_solved("cs231n.classifiers.k_nearest_neighbor")


@pytest.fixture(scope="session")
def distances(module):
    """distances(method, X, X_train) -> (N, M)."""

    def compute(method, X, X_train):
        knn = module.KNearestNeighbor()
        knn.train(X_train, np.zeros(len(X_train), dtype=int))
        return getattr(knn, method)(X)

    return compute


@st.composite
def points(draw, features=None):
    """(N, D) floats, whole and broken numbers, points that repeat among them."""
    shape = (draw(st.integers(1, 8)), features or draw(st.integers(1, 6)))
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    scale = draw(st.sampled_from([0.01, 1.0, 255.0]))
    X = random.uniform(-scale, scale, size=shape)
    if draw(st.booleans()):
        X = np.round(X)
    X[-1] = X[0]
    return X


properties = settings(max_examples=25, deadline=None, derandomize=True)


@methods
@properties
@given(data=st.data())
def test_distances_are_scipys(distances, method, data):
    X_train = data.draw(points())
    X = data.draw(points(features=X_train.shape[1]))
    expected = cdist(X, X_train, METRICS[method])
    np.testing.assert_allclose(
        distances(method, X, X_train), expected, rtol=1e-9, atol=1e-6 * (1 + np.abs(X).max())
    )


@methods
@properties
@given(X=points())
def test_distances_are_a_metric(distances, method, X):
    d = distances(method, X, X)
    room = 1e-6 * (1 + np.abs(X).max())
    assert np.all(d >= 0)
    assert np.all(np.abs(np.diag(d)) <= room)
    np.testing.assert_allclose(d, d.T, atol=room)
    through = (d[:, :, None] + d[None, :, :]).min(axis=1)
    assert np.all(d <= through + room)


@methods
def test_float32_is_enough_for_pictures(distances, method):
    X = np.random.RandomState(0).randint(0, 256, size=(6, 3072)).astype(np.float32)
    expected = cdist(X[:2], X[2:], METRICS[method])
    np.testing.assert_allclose(distances(method, X[:2], X[2:]), expected, rtol=1e-4)


@pytest.fixture
def trained(module):
    random = np.random.RandomState(1)
    X, y = random.normal(size=(80, 5)), random.randint(0, 4, size=80)
    knn = module.KNearestNeighbor()
    knn.train(X, y)
    return knn, random.normal(size=(40, 5))


@pytest.mark.parametrize("num_loops", [0, 1, 2])
@pytest.mark.parametrize("k", [1, 2, 3, 5, 8, 80])
def test_predictions_are_scikit_learns(trained, k, num_loops):
    """scikit-learn, too, gives a tie to the smallest label."""
    knn, X = trained
    expected = KNeighborsClassifier(k, algorithm="brute").fit(knn.X_train, knn.y_train).predict(X)
    np.testing.assert_array_equal(knn.predict(X, k=k, num_loops=num_loops), expected)


@pytest.mark.parametrize("k", [1, 3, 7])
def test_the_order_of_training_examples_does_not_matter(module, trained, k):
    knn, X = trained
    order = np.random.RandomState(2).permutation(len(knn.X_train))
    shuffled = module.KNearestNeighbor()
    shuffled.train(knn.X_train[order], knn.y_train[order])
    np.testing.assert_array_equal(shuffled.predict(X, k=k), knn.predict(X, k=k))


def test_a_tie_goes_to_the_smallest_label(module):
    knn = module.KNearestNeighbor()
    knn.train(np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([3, 1, 1, 3]))
    assert knn.predict(np.array([[0.0], [9.0]]), k=4).tolist() == [1, 1]
    assert knn.predict(np.array([[0.0], [9.0]]), k=2).tolist() == [1, 1]


def test_k_larger_than_a_class_lets_others_win(module):
    knn = module.KNearestNeighbor()
    knn.train(np.array([[0.0], [5.0], [6.0], [7.0]]), np.array([0, 1, 1, 1]))
    assert [knn.predict(np.array([[0.1]]), k=k)[0] for k in (1, 2, 3, 4, 99)] == [0, 0, 1, 1, 1]


def test_another_number_of_loops_is_refused(trained):
    knn, X = trained
    with pytest.raises(ValueError, match="num_loops is 3, expected 0, 1 or 2"):
        knn.predict(X, num_loops=3)


@pytest.mark.parametrize("num_folds", [2, 3, 5, 7])
def test_cross_validation_is_scikit_learns(module, num_folds):
    random = np.random.RandomState(3)
    X, y = random.normal(size=(61, 4)), random.randint(0, 3, size=61)
    accuracies = module.cross_validate_k(X, y, [1, 4], num_folds=num_folds)
    for k in (1, 4):
        expected = cross_val_score(KNeighborsClassifier(k), X, y, cv=KFold(num_folds))
        np.testing.assert_allclose(accuracies[k], expected)
