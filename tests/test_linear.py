"""The key's linear classifiers against PyTorch, scikit-learn and numerical gradients."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import hinge_loss, log_loss

from cs231n.gradient_check import grad_check_projection

LOSSES = (
    "svm_loss_naive",
    "svm_loss_vectorized",
    "softmax_loss_naive",
    "softmax_loss_vectorized",
)
losses = pytest.mark.parametrize("name", LOSSES)
properties = settings(max_examples=25, deadline=None, derandomize=True)


@pytest.fixture(scope="session")
def loss_named(import_solved):
    svm = import_solved("cs231n.classifiers.linear_svm")
    softmax = import_solved("cs231n.classifiers.softmax")
    return {name: getattr(svm if "svm" in name else softmax, name) for name in LOSSES}


@pytest.fixture(scope="session")
def classifiers(import_solved):
    return import_solved("cs231n.classifiers.linear_classifier")


@st.composite
def problems(draw):
    """W, X, y, reg of any scale."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    N, D, C = draw(st.integers(1, 9)), draw(st.integers(1, 6)), draw(st.integers(2, 5))
    scale = draw(st.sampled_from([1e-3, 1.0, 30.0]))
    W, X = random.normal(size=(D, C)) * scale, random.normal(size=(N, D))
    return W, X, random.randint(C, size=N), draw(st.sampled_from([0.0, 0.1, 5.0]))


@losses
@properties
@given(problem=problems())
def test_loss_and_gradient_are_pytorchs(loss_named, name, problem):
    torch = pytest.importorskip("torch")
    W, X, y, reg = problem
    weights = torch.tensor(W, requires_grad=True)
    scores, labels = torch.tensor(X) @ weights, torch.tensor(y)
    if "svm" in name:
        # PyTorch divides by the number of classes as well.
        data_loss = torch.nn.functional.multi_margin_loss(scores, labels) * W.shape[1]
    else:
        data_loss = torch.nn.functional.cross_entropy(scores, labels)
    expected = data_loss + reg * (weights**2).sum()
    expected.backward()
    loss, dW = loss_named[name](W, X, y, reg)
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(dW, weights.grad.numpy(), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["softmax_loss_naive", "softmax_loss_vectorized"])
def test_softmax_is_scikit_learns_log_loss(loss_named, name):
    random = np.random.RandomState(0)
    scores, y = random.normal(size=(30, 4)), random.randint(4, size=30)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss, _ = loss_named[name](np.eye(4), scores, y, 0.0)
    np.testing.assert_allclose(loss, log_loss(y, p, labels=range(4)), rtol=1e-9)


@pytest.mark.parametrize("name", ["svm_loss_naive", "svm_loss_vectorized"])
def test_with_two_classes_the_svm_is_scikit_learns_hinge_loss(loss_named, name):
    random = np.random.RandomState(1)
    scores, y = random.normal(size=(30, 2)), random.randint(2, size=30)
    loss, _ = loss_named[name](np.eye(2), scores, y, 0.0)
    np.testing.assert_allclose(loss, hinge_loss(y, scores[:, 1] - scores[:, 0]), rtol=1e-9)


@losses
def test_gradient_of_a_problem_of_full_size(loss_named, name):
    random = np.random.RandomState(2)
    W, X = 0.01 * random.normal(size=(3073, 10)), random.uniform(-0.5, 0.5, size=(20, 3073))
    y = random.randint(10, size=20)
    _, dW = loss_named[name](W, X, y, 0.1)
    assert grad_check_projection(lambda w: loss_named[name](w, X, y, 0.1)[0], W, dW) < 1e-6


@losses
def test_facts_of_the_lecture(loss_named, name):
    scores, y = np.array([[-2.85, 0.86, 0.28]]), np.array([2])
    expected = 1.58 if "svm" in name else 1.04
    assert loss_named[name](np.eye(3), scores, y, 0.0)[0] == pytest.approx(expected, abs=0.005)


def test_softmax_is_stable(loss_named):
    scores = np.array([[1e4, 1e4 + 3, -1e4], [-1e4, -1e4, -1e4 - 1]])
    for name in ("softmax_loss_naive", "softmax_loss_vectorized"):
        loss, dW = loss_named[name](np.eye(3), scores, np.array([1, 0]), 0.0)
        assert np.isfinite(loss)
        assert np.isfinite(dW).all()


FAR_APART = np.array([[600.0, 0, -1], [-5e3, -5600, -5600], [1e4, 1e4, 9400]])


def test_scores_600_apart_come_out_right_in_every_softmax(import_solved, loss_named):
    """With the true class at the bottom the loss is how far it is below the others."""
    y, right = np.array([1, 2, 2]), (600 + 600 + 600 + np.log(2)) / 3
    losses = [loss_named[name](np.eye(3), FAR_APART, y, 0.0)[0] for name in LOSSES[2:]]
    losses.append(import_solved("cs231n.layers.losses").softmax_loss(FAR_APART, y)[0])
    fc_net = import_solved("cs231n.classifiers.fc_net")
    cnn = import_solved("cs231n.classifiers.cnn")
    for net, X in (
        (fc_net.TwoLayerNet(1, 1, 3), np.zeros((1, 1))),
        (fc_net.FullyConnectedNet([2], 1, 3, dtype=np.float64), np.zeros((1, 1))),
        (cnn.ThreeLayerConvNet((1, 2, 2), 1, 1, 1, 3, dtype=np.float64), np.zeros((1, 1, 2, 2))),
    ):
        last_bias = max(name for name in net.params if name[0] == "b")
        of_each = []
        for scores, label in zip(FAR_APART, y, strict=True):
            net.params[last_bias] = scores
            of_each.append(net.loss(X, np.array([label]))[0])
        losses.append(np.mean(of_each))
    np.testing.assert_allclose(losses, right, rtol=1e-12)


@losses
def test_float32_is_kept(loss_named, name):
    random = np.random.RandomState(3)
    W, X = random.normal(size=(5, 3)).astype("f4"), random.normal(size=(4, 5)).astype("f4")
    assert loss_named[name](W, X, np.array([0, 1, 2, 0]), 0.1)[1].dtype == np.float32


@pytest.fixture(scope="module")
def blobs():
    """Three clouds in the plane, and a bias: easy to part."""
    random = np.random.RandomState(4)
    y = np.arange(300) % 3
    centres = np.array([[0, 2], [2, -1], [-2, -1.0]])
    X = np.column_stack([centres[y] + random.normal(scale=0.4, size=(300, 2)), np.ones(300)])
    return {"X_train": X[:240], "y_train": y[:240], "X_val": X[240:], "y_val": y[240:]}


@pytest.mark.parametrize("name", ["LinearSVM", "Softmax"])
def test_learns(classifiers, blobs, name):
    np.random.seed(0)
    classifier = getattr(classifiers, name)()
    history = classifier.train(blobs["X_train"], blobs["y_train"], learning_rate=0.1, num_iters=200)
    assert len(history) == 200
    assert np.mean(history[-20:]) < 0.2 * history[0]
    assert np.mean(classifier.predict(blobs["X_val"]) == blobs["y_val"]) > 0.97


@pytest.mark.parametrize("name", ["LinearSVM", "Softmax"])
def test_a_rate_too_high_ends_training_with_advice(classifiers, blobs, name, capsys):
    np.random.seed(0)
    classifier = getattr(classifiers, name)()
    history = classifier.train(
        blobs["X_train"], blobs["y_train"], learning_rate=1e3, reg=10.0, num_iters=1000
    )
    assert 1 < len(history) < 1000
    assert np.isfinite(history).all()
    text = capsys.readouterr().out
    assert f"Training ended after {len(history)} steps: the loss became" in text
    assert "Try a learning rate ten times smaller" in text
    # and the classifier can be trained again
    classifier.W = None
    assert len(classifier.train(blobs["X_train"], blobs["y_train"], num_iters=5)) == 5


def test_a_classifier_without_a_loss_says_which_to_use(classifiers, blobs):
    with pytest.raises(TypeError, match="LinearSVM or Softmax"):
        classifiers.LinearClassifier().train(blobs["X_train"], blobs["y_train"])


def test_tuning_on_two_cores_gives_what_one_core_gives(classifiers, blobs):
    grid = ([0.01, 0.1, 1.0], [1e-3, 1.0])
    one, best_one = classifiers.tune(classifiers.Softmax, blobs, *grid, num_iters=30)
    two, best_two = classifiers.tune(classifiers.Softmax, blobs, *grid, num_iters=30, n_jobs=2)
    assert one == two
    np.testing.assert_array_equal(best_one.W, best_two.W)


def test_tuning_leaves_the_random_stream_alone(classifiers, blobs):
    np.random.seed(5)
    expected = np.random.RandomState(5).uniform(size=3)
    classifiers.tune(classifiers.Softmax, blobs, [0.1], [0.1], num_iters=3)
    np.testing.assert_array_equal(np.random.uniform(size=3), expected)
