"""09: preprocessing against scikit-learn, and what a leak does to accuracy."""

import numpy as np
import pytest

from cs231n.data_utils import load_dataset


@pytest.fixture(scope="session")
def preprocessing(import_solved):
    return import_solved("cs231n.preprocessing")


@pytest.fixture(scope="session")
def sklearn():
    pytest.importorskip("sklearn")
    from sklearn import decomposition, preprocessing

    return decomposition, preprocessing


def cloud(N, D, seed=0):
    random = np.random.RandomState(seed)
    return random.normal(size=(N, D)) @ random.normal(size=(D, D)) + random.normal(size=D)


def test_standardize_is_scikit_learns_scaler(preprocessing, sklearn):
    X_train, X_test = cloud(50, 6), cloud(20, 6, seed=1)
    X_train[:, 2] = 5
    X_test[:, 2] = 5
    scaler = sklearn[1].StandardScaler().fit(X_train)
    got = preprocessing.standardize(X_train, X_test)
    np.testing.assert_allclose(got[0], scaler.transform(X_train), atol=1e-12)
    np.testing.assert_allclose(got[1], scaler.transform(X_test), atol=1e-12)


@pytest.mark.parametrize(("N", "D", "K"), [(60, 7, 3), (60, 7, 7), (8, 20, 5)])
def test_pca_is_scikit_learns_up_to_sign(preprocessing, sklearn, N, D, K):
    X = cloud(N, D)
    fitted = sklearn[0].PCA(K, svd_solver="full").fit(X)
    mean, components, variances = preprocessing.pca(X, K)
    np.testing.assert_allclose(mean, fitted.mean_, atol=1e-12)
    cosines = np.sum(components.T * fitted.components_, axis=1)
    np.testing.assert_allclose(np.abs(cosines), 1, rtol=1e-9)
    # Its variances are those of N - 1.
    np.testing.assert_allclose(variances, fitted.explained_variance_ * (N - 1) / N, rtol=1e-9)


def test_whiten_is_scikit_learns_up_to_sign(preprocessing, sklearn):
    X, others = cloud(60, 7), cloud(10, 7, seed=1)
    fitted = sklearn[0].PCA(4, svd_solver="full", whiten=True).fit(X)
    got = preprocessing.whiten(others, *preprocessing.pca(X, 4), eps=0)
    expected = fitted.transform(others) * np.sqrt(60 / 59)  # N - 1 again
    np.testing.assert_allclose(np.abs(got), np.abs(expected), rtol=1e-9)


def test_a_whitened_training_set_is_as_wide_in_all_directions(preprocessing):
    X = cloud(80, 5)
    white = preprocessing.whiten(X, *preprocessing.pca(X, 5), eps=0)
    np.testing.assert_allclose(white.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(white.T @ white / 80, np.eye(5), atol=1e-10)


@pytest.mark.parametrize("name", ["zero_center", "standardize"])
def test_what_comes_out_for_a_picture_does_not_depend_on_its_company(preprocessing, name):
    function, X_train, X_test = getattr(preprocessing, name), cloud(50, 6), cloud(20, 6, seed=1)
    train, together = function(X_train, X_test)
    for i in range(len(X_test)):
        alone = function(X_train, X_test[i : i + 1])
        np.testing.assert_array_equal(alone[0], train)
        np.testing.assert_array_equal(alone[1], together[i : i + 1])


@pytest.fixture(scope="session")
def pictures():
    """Rows of small pictures, 16 x 16, and their labels: a training set and a test set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CS231N_DATASET", "shapes10")
        data = load_dataset(num_training=3000, num_test=500)

    def small(images):
        blocks = images.reshape(-1, 16, 2, 16, 2, 3)
        return blocks.mean(axis=(2, 4)).reshape(len(images), -1) / 255

    return small(data.X_train), data.y_train, small(data.X_test), data.y_test


@pytest.fixture(scope="session")
def trained_net(import_solved, preprocessing, pictures):
    """A net that was trained on standardized pictures."""
    fc_net, solver = import_solved("cs231n.classifiers.fc_net"), import_solved("cs231n.solver")
    X_train, y_train, *_ = pictures
    (X,) = preprocessing.standardize(X_train)
    np.random.seed(0)
    net = fc_net.FullyConnectedNet([60], X.shape[1], weight_scale=0.05, reg=1e-2)
    splits = {"X_train": X, "y_train": y_train, "X_val": X[:100], "y_val": y_train[:100]}
    solver.Solver(
        net,
        splits,
        update_rule="sgd_momentum",
        optim_config={"learning_rate": 0.01},
        num_epochs=6,
        verbose=False,
    ).train()
    return net


def test_statistics_of_the_test_set_cost_accuracy(preprocessing, pictures, trained_net):
    """The same net, on test pictures that are standardized by three kinds of statistics."""
    X_train, _, X_test, y_test = pictures

    def right(X, labels):
        return np.mean(trained_net.loss(X).argmax(axis=1) == labels)

    def by_their_own(X, labels):
        return right(preprocessing.standardize(X)[0], labels)

    as_it_should_be = right(preprocessing.standardize(X_train, X_test)[1], y_test)
    of_each_class = np.mean([by_their_own(X_test[y_test == c], c) for c in range(10)])
    of_one_picture = np.mean(
        [by_their_own(X_test[i : i + 1], y_test[i]) for i in range(len(X_test))]
    )
    assert as_it_should_be > 0.3
    assert of_each_class < as_it_should_be - 0.1
    assert of_one_picture < 0.15  # nothing is left of it: as good as guessing
