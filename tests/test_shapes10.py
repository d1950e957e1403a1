"""shapes10 is the same everywhere, has CIFAR-10's form, and tells the course's story."""

import ast
import hashlib
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier
from sklearn.neighbors import KNeighborsClassifier

from cs231n.course.data import shapes10

DIGEST = "e032df6fb872481c93c91e3f0e5f10bf76dd0dd44e0a8fb9c8fb2f632a983f41"

# Attributes that give the same bits on every processor; another needs a reason to come in.
EXACT = {
    *("abs", "maximum", "minimum", "sqrt", "where"),
    *("random", "RandomState", "random_sample", "bytes", "permutation"),
    *("arange", "array", "empty", "empty_like", "frombuffer", "ndarray", "float32", "uint8"),
    *("astype", "reshape", "transpose", "shape", "size", "start", "stop"),
}


@pytest.fixture(scope="module")
def train():
    return shapes10.generate("train", shapes10.NUM_TRAIN)


@pytest.fixture(scope="module")
def test():
    return shapes10.generate("test", shapes10.NUM_TEST)


def test_the_bytes_of_all_images_and_labels_are_pinned(train, test):
    digest = hashlib.sha256()
    for part in (*train, *test):
        digest.update(part.tobytes())
    assert digest.hexdigest() == DIGEST


def test_only_functions_that_are_exact_everywhere_are_used():
    tree = ast.parse(Path(shapes10.__file__).read_text(encoding="utf-8"))
    assert {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} <= EXACT
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Pow | ast.MatMult)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]


@pytest.mark.parametrize(("split", "size"), [("train", 6000), ("test", 1000)])
def test_a_split_has_the_form_of_cifar10(split, size, request):
    images, labels = request.getfixturevalue(split)
    assert images.shape == (size, 32, 32, 3)
    assert labels.shape == (size,)
    assert images.dtype == labels.dtype == np.uint8
    assert images.flags.c_contiguous


def test_ten_classes_have_names():
    assert len(set(shapes10.CLASS_NAMES)) == len(shapes10.CLASS_NAMES) == 10


@pytest.mark.parametrize("split", ["train", "test"])
def test_classes_are_equally_frequent_and_mixed(split, request):
    _, labels = request.getfixturevalue(split)
    assert np.bincount(labels, minlength=10).tolist() == [len(labels) / 10] * 10
    assert np.all(np.bincount(labels[:100], minlength=10) > 0)


@pytest.mark.parametrize("n", [0, 1, 249, 250, 251, 700])
@pytest.mark.parametrize("split", ["train", "test"])
def test_the_first_images_do_not_depend_on_how_many_are_asked_for(split, n, request):
    images, labels = shapes10.generate(split, n)
    all_images, all_labels = request.getfixturevalue(split)
    np.testing.assert_array_equal(images, all_images[:n])
    np.testing.assert_array_equal(labels, all_labels[:n])


def test_no_image_occurs_twice(train, test):
    images = np.concatenate([train[0], test[0]])
    assert len({image.tobytes() for image in images}) == len(images)


def test_the_callers_random_stream_is_left_alone():
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    shapes10.generate("train", 1)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("n", [-1, 1001])
def test_too_many_images_are_refused_with_the_limit(n):
    with pytest.raises(ValueError, match=f"n is {n}, expected 0 to 1000: ask for fewer"):
        shapes10.generate("test", n)


def test_another_split_is_refused_with_the_names_of_the_two():
    with pytest.raises(ValueError, match="split is 'val', expected 'train' or 'test': ask"):
        shapes10.generate("val", 10)


def test_raw_distances_do_poorly_and_a_linear_classifier_does_better(train, test):
    """The first two steps of the ladder; benchmarks/ladder.py measures all of them."""
    X, y = train[0][:5000].reshape(5000, -1).astype(np.float32), train[1][:5000]
    X_test, y_test = test[0].reshape(1000, -1).astype(np.float32), test[1]
    nearest = KNeighborsClassifier(5).fit(X, y).score(X_test, y_test)
    assert 0.2 <= nearest <= 0.45
    linear = RidgeClassifier(alpha=1e7).fit(X, y).score(X_test, y_test)
    assert linear >= nearest + 0.04


def test_mean_colour_does_not_name_the_class(train, test):
    X, y = train[0].mean(axis=(1, 2)), train[1]
    X_test, y_test = test[0].mean(axis=(1, 2)), test[1]
    assert KNeighborsClassifier(20).fit(X, y).score(X_test, y_test) < 0.25
