"""Images that become floats only where they are asked for."""

import numpy as np
import pytest

from cs231n.course.data.on_demand import OnDemand
from cs231n.data_utils import as_rows
from cs231n.solver import Solver

IMAGES = np.random.RandomState(0).randint(256, size=(30, 4, 5, 3)).astype(np.uint8)
MEAN = IMAGES.mean(axis=0) / 255


class Linear:
    """The smallest model that a Solver takes."""

    def __init__(self):
        self.params = {"W": np.zeros((60, 3), np.float32)}

    def loss(self, X, y=None):
        scores = X @ self.params["W"]
        if y is None:
            return scores
        wrong = np.eye(3, dtype=X.dtype)[y] - scores
        return float((wrong**2).mean()), {"W": -X.T @ wrong / len(X)}


@pytest.fixture
def on_demand():
    return OnDemand(IMAGES, lambda images: as_rows(images, MEAN))


@pytest.mark.parametrize(
    "which",
    [slice(None), slice(3, 11), slice(25, 99), np.array([4, 0, 4]), np.arange(30) % 7 == 0],
    ids=["all", "slice", "slice beyond the end", "positions", "mask"],
)
def test_what_is_asked_for_is_what_preparing_all_gives(on_demand, which):
    np.testing.assert_array_equal(on_demand[which], as_rows(IMAGES, MEAN)[which])


def test_it_has_the_properties_of_the_array_that_it_stands_for(on_demand):
    prepared = as_rows(IMAGES, MEAN)
    for name in ("shape", "dtype", "ndim", "size"):
        assert getattr(on_demand, name) == getattr(prepared, name)
    assert len(on_demand) == len(prepared)


def test_only_what_is_asked_for_is_prepared():
    sizes = []

    def prepare(images):
        sizes.append(len(images))
        return as_rows(images)

    OnDemand(IMAGES, prepare)[5:9]
    assert sizes == [1, 4]  # the one tells shape and type


def test_a_solver_trains_on_it_as_on_the_array(on_demand):
    y = np.arange(30) % 3
    params = []
    for X in (on_demand, as_rows(IMAGES, MEAN)):
        data = {"X_train": X, "y_train": y, "X_val": X[:9], "y_val": y[:9]}
        model = Linear()
        Solver(model, data, batch_size=10, num_epochs=2, verbose=False).train()
        params.append(model.params["W"])
    np.testing.assert_array_equal(*params)
