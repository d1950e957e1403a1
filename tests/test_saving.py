"""save and load of classifiers and nets: what comes back, and what is refused."""

from types import SimpleNamespace

import numpy as np
import pytest

from cs231n.course.training.checkpoints import save_checkpoint
from cs231n.course.training.precision import in_float32


@pytest.fixture(scope="session")
def key(import_solved):
    homes = ("fc_net", "cnn", "linear_classifier", "k_nearest_neighbor")
    modules = [import_solved(f"cs231n.classifiers.{home}") for home in homes]
    return SimpleNamespace(
        **{name: each for module in modules for name, each in vars(module).items()}
    )


def nets(key):
    """Pairs (net, a new one that is made like it), whose weights differ."""
    norm = {"normalization": "batchnorm", "dropout_keep_ratio": 0.5, "dtype": np.float64}
    for kind, sizes, settings in (
        (key.TwoLayerNet, (12, 5, 3), {}),
        (key.FullyConnectedNet, ([5, 4], 12, 3), {}),
        (key.FullyConnectedNet, ([5, 4], 12, 3), norm),
        (key.ThreeLayerConvNet, ((3, 2, 2), 4, 3, 5, 3), {}),
    ):
        yield kind(*sizes, **settings), kind(*sizes, **settings)


X, Y = np.random.RandomState(0).normal(size=(6, 3, 2, 2)), np.array([0, 2, 1, 1, 0, 2])


@pytest.mark.parametrize("name", ["net.npz", "net", "best_two_layer_net.npy", "new/folder/net"])
def test_a_net_comes_back_as_it_was(key, tmp_path, name):
    for net, other in nets(key):
        net.loss(X, Y)  # moves the running averages
        scores = net.loss(X)
        assert not np.array_equal(other.loss(X), scores)
        net.save(tmp_path / name)
        other.load(str(tmp_path / name))
        np.testing.assert_array_equal(other.loss(X), scores)


def test_the_file_has_the_name_that_was_given_and_npz_only_where_it_has_no_suffix(key, tmp_path):
    net = key.TwoLayerNet(4, 3, 2)
    for name in ("a", "b.npz", "c.npy"):
        net.save(tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {"a.npz", "b.npz", "c.npy"}


def test_the_file_is_plain_arrays(key, tmp_path):
    net = key.FullyConnectedNet([3], 4, 2, normalization="batchnorm")
    net.loss(X[:, :1], Y % 2)
    net.save(tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz", allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["params/W1"], net.params["W1"])
        running = net.bn_params[0]["running_mean"]
        np.testing.assert_array_equal(arrays["averages/0/running_mean"], running)


def test_a_type_comes_along(key, tmp_path):
    single = in_float32(key.TwoLayerNet(12, 5, 3))
    single.save(tmp_path / "single")
    net = key.TwoLayerNet(12, 5, 3)
    net.load(tmp_path / "single")
    assert {w.dtype for w in net.params.values()} == {np.dtype(np.float32)}
    key.FullyConnectedNet([5], 12, 3, dtype=np.float64).save(tmp_path / "double")
    net = key.FullyConnectedNet([5], 12, 3, dtype=np.float32)
    net.load(tmp_path / "double")
    assert net.loss(X).dtype == net.dtype == np.float64


def test_loading_keeps_the_dict_and_what_else_the_net_is(key, tmp_path):
    net, other = key.TwoLayerNet(4, 3, 2, reg=0.1), key.TwoLayerNet(4, 3, 2, reg=0.2)
    net.save(tmp_path / "net")
    params = other.params
    other.load(tmp_path / "net")
    assert other.params is params
    assert other.reg == 0.2


def test_classifiers_come_back_as_they_were(key, tmp_path):
    rows = X.reshape(6, -1)
    np.random.seed(0)
    for trained, other in ((key.LinearSVM(), key.LinearSVM()), (key.Softmax(), key.Softmax())):
        trained.train(rows, Y, num_iters=5)
        trained.save(tmp_path / "linear.npy")
        other.load(tmp_path / "linear.npy")
        np.testing.assert_array_equal(other.W, trained.W)
    knn, other = key.KNearestNeighbor(), key.KNearestNeighbor()
    knn.train(rows, Y)
    knn.save(tmp_path / "knn")
    other.train(rows[:2], Y[:2])
    other.load(tmp_path / "knn")
    np.testing.assert_array_equal(other.predict(rows), Y)


@pytest.mark.parametrize(("kind", "lacks"), [("LinearSVM", "W"), ("KNearestNeighbor", "X_train")])
def test_there_is_nothing_to_save_before_training(key, tmp_path, kind, lacks):
    with pytest.raises(ValueError, match=f"this {kind} has no {lacks} yet: train it"):
        getattr(key, kind)().save(tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_named(key, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"net\.npz"):
        key.TwoLayerNet().load(tmp_path / "net")


def two_layer(key):
    return key.TwoLayerNet(4, 3, 2)


def classifier(key):
    svm = key.LinearSVM()
    svm.W = np.zeros((4, 2))
    return svm


@pytest.mark.parametrize(
    ("saved", "model", "message"),
    [
        (
            lambda key: key.TwoLayerNet(4, 5, 2),
            two_layer,
            r"W1 is \(4, 5\) in .*, but \(4, 3\) in the model; b1 is .*; W2 is \(5, 2\)",
        ),
        (
            lambda key: key.FullyConnectedNet([3, 3], 4, 2),
            two_layer,
            "has the parameters W1, W2, W3, b1, b2, b3, but the model has W1, W2, b1, b2",
        ),
        (classifier, two_layer, "has the parameters W, but the model has W1, W2, b1, b2"),
        (two_layer, classifier, "has the parameters W1, W2, b1, b2, but the model has W:"),
        (
            lambda key: key.FullyConnectedNet([3], 4, 2, normalization="layernorm"),
            lambda key: key.FullyConnectedNet([3], 4, 2, normalization="batchnorm"),
            "normalization is layernorm in .*, but batchnorm in the model",
        ),
    ],
    ids=["shapes", "names", "a classifier's", "a net's", "normalization"],
)
def test_a_file_of_another_model_is_refused_and_nothing_changes(
    key, tmp_path, saved, model, message
):
    saved(key).save(tmp_path / "file")
    model = model(key)
    before = {name: np.array(array) for name, array in model._learned().items()}
    with pytest.raises(ValueError, match=message):
        model.load(tmp_path / "file")
    assert model._learned().keys() == before.keys()
    for name, array in model._learned().items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("no net"),
        lambda path: path.write_bytes(path.read_bytes()[:200]),
        lambda path: save_checkpoint(path, {"params": {"W": np.zeros((4, 2))}}),
        lambda path: np.savez(path, W=np.array([print], dtype=object)),
    ],
    ids=["text", "half of one", "a Solver's", "a pickle"],
)
def test_a_file_that_is_no_saved_model_is_refused(key, tmp_path, write):
    path = tmp_path / "file.npz"
    classifier(key).save(path)
    write(path)
    with pytest.raises(ValueError, match=r"file\.npz is not a saved model"):
        classifier(key).load(path)


def test_a_file_is_replaced_whole_or_not_at_all(key, tmp_path, monkeypatch):
    svm = classifier(key)
    svm.save(tmp_path / "file")

    def full_disk(file, **arrays):
        file.write(b"half of it")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full_disk)
    svm.W = np.ones((4, 2))
    with pytest.raises(OSError, match="no space"):
        svm.save(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file.npz"]
    svm.load(tmp_path / "file")
    assert not svm.W.any()
