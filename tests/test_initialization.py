"""09: how nets start, against PyTorch and the theory, whatever the random stream."""

import numpy as np
import pytest

from cs231n.course.checking.harness import run_battery

KINDS = ["small", "xavier", "he"]


@pytest.fixture(scope="session")
def initialization(import_solved):
    return import_solved("cs231n.initialization")


@pytest.mark.parametrize("kind", ["xavier", "he"])
def test_the_spread_is_that_of_pytorchs_start(initialization, kind):
    torch = pytest.importorskip("torch")
    n, m = 400, 300
    np.random.seed(0)
    torch.manual_seed(0)
    ours = initialization.initialize(n, m, kind)
    theirs = torch.empty(m, n)  # PyTorch keeps a row for each unit
    if kind == "he":
        torch.nn.init.kaiming_normal_(theirs, nonlinearity="relu")
    else:
        torch.nn.init.kaiming_normal_(theirs, nonlinearity="linear")  # 1 / sqrt(fan_in)
    # Both have a standard error of 1 / sqrt(2 n m).
    np.testing.assert_allclose(ours.std(), theirs.std().item(), rtol=7 * np.sqrt(2 / (2 * n * m)))


def test_xavier_is_pytorchs_where_a_layer_is_as_wide_as_the_one_before(initialization):
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    theirs = torch.nn.init.xavier_normal_(torch.empty(400, 400))
    np.random.seed(0)
    ours = initialization.initialize(400, 400, "xavier")
    np.testing.assert_allclose(ours.std(), theirs.std().item(), rtol=0.02)


@pytest.mark.parametrize("seed", range(20))
def test_the_check_of_draws_holds_for_any_stream(initialization, monkeypatch, seed):
    """Its bounds are seven standard errors: less than one stream of 10^9 would fail."""
    monkeypatch.setattr("cs231n.course.checking.harness.SEED", seed)
    assert run_battery(initialization.initialize) > 5


@pytest.mark.parametrize(
    ("kind", "activation"), [("xavier", np.tanh), ("he", lambda h: np.maximum(h, 0))]
)
def test_a_start_that_fits_keeps_the_size_through_ten_layers(initialization, kind, activation):
    np.random.seed(0)
    weights = [initialization.initialize(300, 300, kind) for _ in range(10)]
    X = np.random.normal(size=(200, 300))
    _, stds = initialization.layer_statistics(X, weights, activation)
    assert stds[9] > 0.3 * stds[0]


def test_small_weights_let_everything_fade(initialization):
    np.random.seed(0)
    weights = [initialization.initialize(300, 300, "small") for _ in range(10)]
    X = np.random.normal(size=(200, 300))
    _, stds = initialization.layer_statistics(X, weights, np.tanh)
    # Each layer multiplies by the root of 300 times 0.01.
    np.testing.assert_allclose(
        stds, 0.01 ** np.arange(1, 11) * 300 ** (np.arange(1, 11) / 2), rtol=0.1
    )


def test_the_statistics_are_those_of_pytorchs_layers(initialization):
    torch = pytest.importorskip("torch")
    random = np.random.RandomState(0)
    weights = [random.normal(size=pair) for pair in ((4, 6), (6, 3))]
    X = random.normal(size=(5, 4))
    means, stds = initialization.layer_statistics(X, weights, np.tanh)
    h = torch.tensor(X)
    for W, mean, std in zip(weights, means, stds, strict=True):
        h = torch.tanh(h @ torch.tensor(W))
        np.testing.assert_allclose(mean, h.mean().item(), rtol=1e-12)
        np.testing.assert_allclose(std, h.std(unbiased=False).item(), rtol=1e-12)
