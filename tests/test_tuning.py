"""The key's answers of 11_tuning against PyTorch, scikit-learn and scipy; the ScheduledSolver."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import kstest, loguniform, uniform
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import ParameterGrid

from cs231n.course.training.scheduled import ScheduledSolver
from cs231n.solver import Solver

BASE = 0.3
RANGES = {
    "rate": (1e-5, 1e-1, "log"),
    "keep": (0.2, 1.0, "linear"),
    "hidden": [[100], [100, 50], [200]],
}


@pytest.fixture(scope="module")
def tuning(import_solved):
    return import_solved("cs231n.tuning")


# --- schedules


SCHEDULERS = {
    "constant": lambda of, optimizer: of.ConstantLR(optimizer, factor=1.0),
    "step": lambda of, optimizer: of.MultiStepLR(optimizer, [20, 30], gamma=0.1),
    "linear": lambda of, optimizer: of.LinearLR(optimizer, 1.0, 0.0, total_iters=40),
    "cosine": lambda of, optimizer: of.CosineAnnealingLR(optimizer, T_max=40),
    "inverse_sqrt": lambda of, optimizer: of.LambdaLR(optimizer, lambda t: (1 + t) ** -0.5),
    "warm-up of 10": lambda of, optimizer: of.LinearLR(optimizer, 0.1, 1.0, total_iters=9),
}


def rates_of_torch(name, steps):
    """The learning rate of each step under one of PyTorch's schedulers."""
    torch = pytest.importorskip("torch")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = SCHEDULERS[name](torch.optim.lr_scheduler, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


@pytest.mark.parametrize("schedule", [name for name in SCHEDULERS if "warm" not in name])
def test_schedules_are_pytorchs(tuning, schedule):
    ours = [tuning.learning_rate_at(step, 40, BASE, schedule) for step in range(41)]
    np.testing.assert_allclose(ours, rates_of_torch(schedule, 41), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("schedule", [name for name in SCHEDULERS if "warm" not in name])
def test_a_schedule_begins_anew_behind_its_warm_up(tuning, schedule):
    ours = [tuning.learning_rate_at(step, 50, BASE, schedule, warmup=10) for step in range(51)]
    theirs = rates_of_torch("warm-up of 10", 10) + rates_of_torch(schedule, 41)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


# --- settings


@pytest.mark.parametrize("seed", range(3))
def test_draws_are_even_or_log_even(tuning, seed):
    drawn = tuning.sample_settings(RANGES, 3000, seed)
    for name, distribution in [("rate", loguniform(1e-5, 1e-1)), ("keep", uniform(0.2, 0.8))]:
        assert kstest([each[name] for each in drawn], distribution.cdf).pvalue > 1e-6
    counts = [sum(each["hidden"] == choice for each in drawn) for choice in RANGES["hidden"]]
    assert min(counts) > 850


def test_a_grid_is_scikit_learns(tuning):
    theirs = ParameterGrid(
        {"rate": [1e-5, 1e-3, 1e-1], "keep": [0.2, 0.6, 1.0], "hidden": RANGES["hidden"]}
    )
    ours = tuning.grid_settings(RANGES, 3)

    def rows(settings):
        return sorted((each["rate"], each["keep"], each["hidden"]) for each in settings)

    assert len(ours) == len(theirs) == 27
    for one, other in zip(rows(ours), rows(theirs), strict=True):
        np.testing.assert_allclose(one[:2], other[:2], rtol=1e-12)
        assert one[2] == other[2]


def test_narrowing_again_and_again_closes_in_on_the_best(tuning):
    ranges, widths = RANGES, []
    for seed in range(4):
        drawn = tuning.sample_settings(ranges, 30, seed)
        results = [(each, -abs(np.log10(each["rate"]) + 3)) for each in drawn]
        ranges = tuning.narrow(ranges, results, keep=5)
        widths.append(np.log10(ranges["rate"][1] / ranges["rate"][0]))
        assert 1e-5 <= ranges["rate"][0] <= 1e-3 <= ranges["rate"][1] <= 1e-1
    assert all(later < earlier for earlier, later in pairwise(widths))


# --- several models


def test_an_ensemble_is_scikit_learns_soft_vote(tuning):
    random = np.random.RandomState(0)
    y = np.arange(300) % 3
    X = random.normal(size=(3, 4))[y] + random.normal(scale=1.5, size=(300, 4))
    members = [(f"C = {C}", LogisticRegression(C=C)) for C in (1e-4, 1e-2, 1e3)]
    votes = VotingClassifier(members, voting="soft").fit(X, y)
    models = [SimpleNamespace(loss=each.decision_function) for each in votes.estimators_]
    assert np.array_equal(tuning.ensemble_predict(models, X), votes.predict(X))


def test_mean_parameters_are_those_of_pytorchs_averaged_model(tuning):
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    net = torch.nn.Linear(4, 3, dtype=torch.float64)
    averaged, snapshots = torch.optim.swa_utils.AveragedModel(net), []
    for _ in range(5):
        with torch.no_grad():
            net.weight += torch.randn_like(net.weight)
        averaged.update_parameters(net)
        snapshots.append({"W": net.weight.detach().numpy().copy()})
    ours = tuning.average_parameters(snapshots)
    np.testing.assert_allclose(ours["W"], averaged.module.weight.detach().numpy(), rtol=1e-12)


# --- the Solver with a rate for each step


class Slope:
    """A model whose gradient is 1: what it has moved is the sum of the rates."""

    def __init__(self):
        self.params = {"w": np.zeros(1)}

    def loss(self, X, y=None):
        return np.zeros((len(X), 2)) if y is None else (1.0, {"w": np.ones(1)})


DATA = {
    "X_train": np.zeros((40, 1)),
    "y_train": np.zeros(40, int),
    "X_val": np.zeros((4, 1)),
    "y_val": np.zeros(4, int),
}


def test_each_step_has_the_rate_of_its_number():
    asked = []

    def rate_at(step, num_steps):
        asked.append((step, num_steps))
        return 10.0**-step

    settings = {"batch_size": 20, "num_epochs": 2, "verbose": False}
    solver = ScheduledSolver(Slope(), DATA, rate_at, **settings)
    solver.train()
    assert asked == [(0, 4), (1, 4), (2, 4), (3, 4)]
    moved = [float(params["w"][0]) for params in solver.snapshots]
    np.testing.assert_allclose(moved, [-1.1, -1.111], rtol=1e-12)


def test_it_goes_on_epoch_by_epoch_within_one_schedule():
    asked = []

    def rate_at(step, num_steps):
        asked.append((step, num_steps))
        return 0.1

    settings = {"batch_size": 20, "num_epochs": 1, "epochs": 3, "verbose": False}
    solver = ScheduledSolver(Slope(), DATA, rate_at, **settings)
    for _ in range(3):
        solver.train()
    assert asked == [(step, 6) for step in range(6)]
    assert len(solver.snapshots) == solver.epoch == 3


def test_with_a_constant_rate_it_is_the_solver():
    settings = {"batch_size": 20, "num_epochs": 2, "verbose": False}
    ours, plain = Slope(), Slope()
    ScheduledSolver(ours, DATA, lambda step, num_steps: 0.5, **settings).train()
    Solver(plain, DATA, optim_config={"learning_rate": 0.5}, **settings).train()
    assert np.array_equal(ours.params["w"], plain.params["w"])
