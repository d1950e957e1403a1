"""The Solver: what it records, keeps, resumes and refuses; sgd against PyTorch."""

import time
from itertools import pairwise

import numpy as np
import pytest

from cs231n import optim
from cs231n.course.training.checkpoints import load_checkpoint, save_checkpoint
from cs231n.optim import sgd
from cs231n.solver import Solver

HISTORIES = ("loss_history", "train_acc_history", "val_acc_history")


class TinyNet:
    """affine - relu - affine - softmax, as small as it gets."""

    def __init__(self, sizes=(2, 12, 3), dtype=np.float64, scale=0.3):
        random = np.random.RandomState(0)
        self.params = {}
        for i, shape in enumerate(pairwise(sizes), start=1):
            self.params[f"W{i}"] = (scale * random.normal(size=shape)).astype(dtype)
            self.params[f"b{i}"] = np.zeros(shape[1], dtype)

    def loss(self, X, y=None):
        p = self.params
        hidden = np.maximum(0, X @ p["W1"] + p["b1"])
        scores = hidden @ p["W2"] + p["b2"]
        if y is None:
            return scores
        rows = np.arange(len(X))
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        dscores = np.exp(log_p)
        dscores[rows, y] -= 1
        dscores /= len(X)
        dhidden = (dscores @ p["W2"].T) * (hidden > 0)
        grads = {
            "W1": X.T @ dhidden,
            "b1": dhidden.sum(axis=0),
            "W2": hidden.T @ dscores,
            "b2": dscores.sum(axis=0),
        }
        return -log_p[rows, y].mean(), grads


def clouds(dtype=np.float64):
    """Three clouds in the plane that overlap a little."""
    random = np.random.RandomState(1)
    y = np.arange(300) % 3
    X = np.array([[0, 2], [2, -1], [-2, -1]])[y] + random.normal(scale=0.9, size=(300, 2))
    X = X.astype(dtype)
    return {"X_train": X[:240], "y_train": y[:240], "X_val": X[240:], "y_val": y[240:]}


def make_solver(model=None, data=None, **settings):
    usual = {"num_epochs": 4, "batch_size": 50, "verbose": False}
    usual["optim_config"] = {"learning_rate": 0.5}
    return Solver(model or TinyNet(), data or clouds(), **{**usual, **settings})


def trained(**settings):
    solver = make_solver(**settings)
    solver.train()
    return solver


def assert_same_params(got, expected):
    assert got.keys() == expected.keys()
    for name in expected:
        assert got[name].dtype == expected[name].dtype
        np.testing.assert_array_equal(got[name], expected[name])


def assert_same_run(got, expected):
    for name in (*HISTORIES, "epoch", "best_val_acc", "optim_configs"):
        assert getattr(got, name) == getattr(expected, name), name
    assert_same_params(got.best_params, expected.best_params)
    assert_same_params(got.model.params, expected.model.params)


def momentum(w, dw, config=None):
    """A rule that remembers an array, a count and a name."""
    config = {"learning_rate": 0.1, "velocity": np.zeros_like(w), "t": 0, "kind": "a", **config}
    velocity = 0.9 * config["velocity"] - config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity, "t": config["t"] + 1}


def add_rule(monkeypatch, rule):
    """Puts an update rule into cs231n.optim, as if it were written there."""
    rule.__module__ = optim.__name__
    monkeypatch.setattr(optim, rule.__name__, rule, raising=False)


@pytest.fixture
def with_momentum(monkeypatch):
    add_rule(monkeypatch, momentum)


# sgd


def test_sgd_steps_against_the_gradient():
    w, dw = np.array([1.0, 2.0]), np.array([10.0, -10.0])
    next_w, config = sgd(w, dw)
    np.testing.assert_allclose(next_w, [0.9, 2.1])
    assert config == {"learning_rate": 1e-2}
    np.testing.assert_array_equal(w, [1, 2])


def test_ten_steps_of_sgd_are_pytorchs():
    torch = pytest.importorskip("torch")
    random = np.random.RandomState(2)
    w, A = random.normal(size=(3, 4)), random.normal(size=(3, 4))
    theirs = torch.tensor(w, requires_grad=True)
    optimizer = torch.optim.SGD([theirs], lr=0.05)
    config = {"learning_rate": 0.05}
    for _ in range(10):
        optimizer.zero_grad()
        (torch.tensor(A) * theirs**2).sum().backward()
        optimizer.step()
        w, config = sgd(w, 2 * A * w, config)
    np.testing.assert_allclose(w, theirs.detach().numpy(), rtol=1e-12)


# A run


def test_it_learns():
    solver = trained(num_epochs=20)
    assert np.mean(solver.loss_history[-10:]) < 0.5 * solver.loss_history[0]
    assert solver.best_val_acc > 0.85


def test_what_it_records():
    solver = trained()
    assert solver.epoch == 4
    assert len(solver.loss_history) == 4 * (240 // 50)
    assert len(solver.train_acc_history) == len(solver.val_acc_history) == 5
    assert all(type(loss) is float for loss in solver.loss_history)


def test_accuracy_is_measured_before_the_first_step():
    solver = make_solver(num_train_samples=None)
    data = clouds()
    before = solver.check_accuracy(data["X_train"], data["y_train"])
    solver.train()
    assert solver.train_acc_history[0] == before


def test_accuracy_is_the_share_of_right_labels():
    solver, data = make_solver(), clouds()
    X, y = data["X_train"], data["y_train"]
    right = solver.model.loss(X).argmax(axis=1) == y
    assert solver.check_accuracy(X, y, batch_size=7) == right.mean()
    some = solver.check_accuracy(X, y, num_samples=10)
    assert some * 10 == round(some * 10)
    assert solver.check_accuracy(X, y, num_samples=10) == some


def test_the_model_ends_with_its_best_parameters():
    # So long a step that the accuracy goes up and down.
    solver = trained(optim_config={"learning_rate": 8.0}, num_epochs=6)
    data = clouds()
    assert solver.best_val_acc == max(solver.val_acc_history) > solver.val_acc_history[-1]
    assert solver.check_accuracy(data["X_val"], data["y_val"]) == solver.best_val_acc
    assert_same_params(solver.model.params, solver.best_params)


def test_best_parameters_are_kept_where_a_rule_works_in_place(monkeypatch):
    def in_place(w, dw, config):
        w -= config["learning_rate"] * dw
        return w, config

    add_rule(monkeypatch, in_place)
    settings = {"optim_config": {"learning_rate": 8.0}, "num_epochs": 6}
    assert_same_run(trained(update_rule="in_place", **settings), trained(**settings))


def test_runs_are_equal_whatever_the_global_stream_does():
    first = trained()
    np.random.seed(5)
    before = np.random.get_state()[2]
    assert_same_run(trained(), first)
    assert np.random.get_state()[2] == before
    assert trained(seed=1).loss_history != first.loss_history


def test_training_twice_is_training_twice_as_long():
    twice = trained(optim_config={"learning_rate": 8.0}, num_epochs=3)
    twice.train()
    assert_same_run(twice, trained(optim_config={"learning_rate": 8.0}, num_epochs=6))


def test_the_learning_rate_decays_after_each_epoch():
    solver = trained(lr_decay=0.5, num_epochs=3)
    assert [c["learning_rate"] for c in solver.optim_configs.values()] == [0.5 / 8] * 4
    assert trained(optim_config=None).optim_configs["W1"] == {"learning_rate": 1e-2}


def test_float32_is_kept_even_with_a_rate_from_numpy():
    solver = trained(
        model=TinyNet(dtype=np.float32),
        data=clouds(np.float32),
        optim_config={"learning_rate": np.float64(0.1)},
        lr_decay=np.float64(0.9),
    )
    assert {w.dtype for w in solver.model.params.values()} == {np.dtype(np.float32)}


def test_a_minibatch_may_be_larger_than_the_data():
    assert len(trained(batch_size=1000).loss_history) == 4


def test_the_bar_shows_epoch_loss_and_accuracy(capsys):
    trained(verbose=True, print_every=1)
    shown = capsys.readouterr().err
    for text in ("epoch 4/4", "loss=", "validation="):
        assert text in shown
    trained()
    assert capsys.readouterr().err == ""


def test_an_interrupted_run_can_be_finished():
    """The stop button: the model has its best parameters, and train() does the rest."""
    model = TinyNet()
    solver = make_solver(model, num_epochs=4)
    interrupt(model, after=11)
    with pytest.raises(KeyboardInterrupt):
        solver.train()
    assert_same_params(model.params, solver.best_params)
    del model.loss
    solver.train()
    assert solver.epoch == 4
    assert len(solver.loss_history) == 16
    assert len(solver.val_acc_history) == 5


@pytest.mark.parametrize("after", range(1, 10))
def test_a_run_interrupted_while_it_measures_loses_nothing(after):
    model = TinyNet()
    solver = make_solver(model)
    interrupt(model, after, training=False)
    with pytest.raises(KeyboardInterrupt):
        solver.train()
    del model.loss
    solver.train()
    assert_same_run(solver, trained())


def interrupt(model, after, training=True):
    """Makes the model's loss raise after so many minibatches, or calls that ask for scores."""
    loss, calls = model.loss, []

    def loss_until(X, y=None):
        if (y is not None) == training:
            calls.append(1)
            if len(calls) > after:
                raise KeyboardInterrupt
        return loss(X, y)

    model.loss = loss_until


def test_the_solver_costs_little_beside_the_model():
    random = np.random.RandomState(3)
    X = random.normal(size=(2000, 3072)).astype(np.float32)
    y = random.randint(10, size=2000)
    data = {"X_train": X, "y_train": y, "X_val": X[:100], "y_val": y[:100]}
    model = TinyNet((3072, 100, 10), np.float32, scale=1e-3)
    spent, loss = [], model.loss

    def timed_loss(X, y=None):
        start = time.perf_counter()
        result = loss(X, y)
        spent.append(time.perf_counter() - start)
        return result

    model.loss = timed_loss
    solver = make_solver(model, data, batch_size=100, num_epochs=3, num_train_samples=100)
    start = time.perf_counter()
    solver.train()
    assert time.perf_counter() - start < 3 * sum(spent)


# A loss that is no number


def test_a_rate_too_high_ends_training_with_advice(capsys):
    data = clouds()
    solver = trained(data=data, optim_config={"learning_rate": 1e200}, num_epochs=3)
    steps = len(solver.loss_history)
    assert 0 < steps < 12
    assert np.isfinite(solver.loss_history).all()
    assert_same_params(solver.model.params, solver.best_params)
    assert np.isfinite(solver.model.params["W1"]).all()
    text = capsys.readouterr().out
    assert f"Training ended after {steps} steps: the loss became nan" in text
    assert "Try a learning rate ten times smaller" in text
    assert "in epoch 1 of 3, at learning rate 1e+200: ten times smaller is 1e+199" in text


def test_a_loss_that_is_nan_from_the_start_is_no_matter_of_the_rate(capsys):
    model = TinyNet()
    model.params["W2"][0, 0] = np.nan
    solver = trained(model=model)
    assert solver.loss_history == []
    text = capsys.readouterr().out
    assert "before its first step: the loss is nan from the start" in text
    assert "ten times smaller" not in text


# Checkpoints


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rule", ["sgd", "momentum"])
@pytest.mark.usefixtures("with_momentum")
def test_a_resumed_run_is_the_run_without_the_break(tmp_path, rule, dtype):
    settings = {"update_rule": rule, "lr_decay": 0.9, "optim_config": {"learning_rate": 0.3}}
    data = clouds(dtype)
    whole = trained(model=TinyNet(dtype=dtype), data=data, **settings)

    model = TinyNet(dtype=dtype)
    broken = make_solver(model, data, checkpoint_name=tmp_path / "new" / "run", **settings)
    interrupt(model, after=10)  # in the third epoch
    with pytest.raises(KeyboardInterrupt):
        broken.train()
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert written == ["run_epoch_1.npz", "run_epoch_2.npz"]

    resumed = Solver.resume(tmp_path / "new/run_epoch_2.npz", TinyNet(dtype=dtype), data)
    assert resumed.epoch == 2
    resumed.train()
    for name in HISTORIES:
        assert getattr(resumed, name) == getattr(whole, name)
    assert_same_params(resumed.model.params, whole.model.params)
    for name, config in whole.optim_configs.items():
        assert_same_params(
            {k: np.asarray(v) for k, v in resumed.optim_configs[name].items()},
            {k: np.asarray(v) for k, v in config.items()},
        )


def test_a_resumed_run_writes_checkpoints_too(tmp_path):
    trained(checkpoint_name=tmp_path / "run", num_epochs=2)
    Solver.resume(tmp_path / "run_epoch_1.npz", TinyNet(), clouds(), num_epochs=3).train()
    assert (tmp_path / "run_epoch_3.npz").exists()


def test_a_finished_run_can_be_made_longer(tmp_path):
    settings = {"optim_config": {"learning_rate": 8.0}}
    short = trained(checkpoint_name=tmp_path / "run", num_epochs=3, **settings)
    longer = Solver.resume(tmp_path / "run_epoch_3.npz", TinyNet(), clouds(), num_epochs=6)
    assert_same_run(longer, short)
    longer.train()
    assert_same_run(longer, trained(num_epochs=6, **settings))


def test_a_checkpoint_is_plain_arrays_with_flat_names(tmp_path):
    solver = trained(checkpoint_name=tmp_path / "run", num_epochs=1)
    with np.load(tmp_path / "run_epoch_1.npz", allow_pickle=False) as entries:
        names = set(entries.files)
        assert all(not entries[name].dtype.hasobject for name in names)
        np.testing.assert_array_equal(entries["params/W1"], solver.model.params["W1"])
        assert entries["optim/W1/learning_rate"] == 0.5
    assert {"epoch", "best_params/b2", "history/loss", "random/keys"} <= names


def test_a_checkpoint_is_written_aside_and_then_renamed(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    save_checkpoint(path, {"epoch": 1})

    def full_disk(file, **arrays):
        file.write(b"half of it")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full_disk)
    with pytest.raises(OSError, match="no space"):
        save_checkpoint(path, {"epoch": 2})
    assert load_checkpoint(path)["epoch"] == 1


def test_what_would_need_pickle_is_refused(tmp_path):
    with pytest.raises(TypeError, match="optim/W1/rule, a function"):
        save_checkpoint(tmp_path / "run.npz", {"optim": {"W1": {"rule": sgd}}})


def write_text(path):
    path.write_text("not a checkpoint")


def write_half(path):
    save_checkpoint(path, {"w": np.zeros(1000)})
    path.write_bytes(path.read_bytes()[:5000])


def write_lone_array(path):
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def write_other_archive(path):
    np.savez(path, W1=np.zeros(3))


def write_pickle(path):
    np.savez(path, format=np.array([sgd], dtype=object))


@pytest.mark.parametrize(
    "write", [write_text, write_half, write_lone_array, write_other_archive, write_pickle]
)
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, write):
    path = tmp_path / "run.npz"
    write(path)
    with pytest.raises(ValueError, match=r"run\.npz is not a Solver's checkpoint"):
        Solver.resume(path, TinyNet(), clouds())


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (TinyNet((2, 13, 3)), r"W1 is float64 \(2, 12\) in .* but float64 \(2, 13\) in the model"),
        (TinyNet(dtype=np.float32), "W1 is float64 .* but float32"),
        (TinyNet((2, 12, 3, 3)), "has the parameters W1, W2, b1, b2, but the model has W1, W2, W3"),
    ],
    ids=["shape", "dtype", "names"],
)
def test_a_checkpoint_of_another_model_is_refused(tmp_path, model, message):
    trained(checkpoint_name=tmp_path / "run", num_epochs=1)
    with pytest.raises(ValueError, match=message):
        Solver.resume(tmp_path / "run_epoch_1.npz", model, clouds())


def test_what_the_state_belongs_to_cannot_change_on_the_way(tmp_path):
    trained(checkpoint_name=tmp_path / "run", num_epochs=1)
    with pytest.raises(ValueError, match="seed cannot change on the way"):
        Solver.resume(tmp_path / "run_epoch_1.npz", TinyNet(), clouds(), seed=3)


# What else a run depends on: running averages, and dropout's numbers


class NormNet(TinyNet):
    """TinyNet with batch normalization of the pictures: only its running averages, no gradient."""

    def __init__(self, dtype=np.float64, keep=1.0):
        super().__init__(dtype=dtype)
        self.bn_params = [{"mode": "train", "eps": 1e-5}]
        self.dropout_param = {"mode": "train", "p": keep} if keep < 1 else {}

    def loss(self, X, y=None):
        (bn_param,) = self.bn_params
        bn_param["mode"] = "test" if y is None else "train"
        mean = bn_param.get("running_mean", np.zeros(X.shape[1], X.dtype))
        if y is not None:
            bn_param["running_mean"] = mean = 0.9 * mean + 0.1 * X.mean(axis=0)
            if self.dropout_param:
                p = self.dropout_param["p"]
                X = X * ((np.random.rand(*X.shape) < p) / p).astype(X.dtype)
        return super().loss(X - mean, y)


def assert_same_averages(got, expected):
    for one, other in zip(got.bn_params, expected.bn_params, strict=True):
        assert one.keys() == other.keys()
        for name in one.keys() - {"mode"}:
            np.testing.assert_array_equal(one[name], other[name])
            assert np.asarray(one[name]).dtype == np.asarray(other[name]).dtype


def broken_and_resumed(path, make_model, data, **settings):
    """A run of 4 epochs that is interrupted in the third, and resumed after other random draws."""
    model = make_model()
    broken = make_solver(model, data, checkpoint_name=path, **settings)
    np.random.seed(3)
    interrupt(model, after=10)
    with pytest.raises(KeyboardInterrupt):
        broken.train()
    np.random.seed(99)
    resumed = Solver.resume(f"{path}_epoch_2.npz", make_model(), data)
    np.random.rand(5)
    resumed.train()
    return resumed


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("keep", [1.0, 0.7])
def test_a_run_with_averages_and_dropout_resumes_bit_for_bit(tmp_path, dtype, keep):
    def make_model():
        return NormNet(dtype, keep)

    settings = {"optim_config": {"learning_rate": 2.0}}
    np.random.seed(3)
    whole = trained(model=make_model(), data=clouds(dtype), **settings)
    resumed = broken_and_resumed(tmp_path / "run", make_model, clouds(dtype), **settings)
    for name in HISTORIES:
        assert getattr(resumed, name) == getattr(whole, name)
    assert_same_params(resumed.model.params, whole.model.params)
    assert_same_averages(resumed.model, whole.model)


def test_the_model_ends_with_the_averages_of_its_best_parameters(tmp_path):
    # So long a step that the accuracy goes up and down.
    settings = {"optim_config": {"learning_rate": 8.0}, "num_epochs": 5}
    solver = trained(model=NormNet(), checkpoint_name=tmp_path / "run", **settings)
    best = int(np.argmax(solver.val_acc_history))
    assert 0 < best < 5
    saved = load_checkpoint(tmp_path / f"run_epoch_{best}.npz")
    got = solver.model.bn_params[0]["running_mean"]
    np.testing.assert_array_equal(got, saved["averages/0/running_mean"])
    last = load_checkpoint(tmp_path / "run_epoch_5.npz")
    assert not np.array_equal(got, last["averages/0/running_mean"])


def test_where_the_first_parameters_are_best_there_are_no_averages_yet(tmp_path):
    settings = {"optim_config": {"learning_rate": -1.0}, "checkpoint_name": tmp_path / "run"}
    solver = trained(model=NormNet(), num_epochs=1, **settings)
    assert solver.val_acc_history[0] == solver.best_val_acc > solver.val_acc_history[1]
    resumed = Solver.resume(tmp_path / "run_epoch_1.npz", NormNet(), clouds(), num_epochs=2)
    for model in (solver.model, resumed.model):
        assert "running_mean" not in model.bn_params[0]
    resumed.train()
    assert "running_mean" not in resumed.model.bn_params[0]


def test_training_twice_with_averages_and_dropout_is_training_twice_as_long():
    settings = {"optim_config": {"learning_rate": 2.0}}
    np.random.seed(3)
    twice = trained(model=NormNet(keep=0.7), num_epochs=3, **settings)
    np.random.rand(7)
    twice.train()
    np.random.seed(3)
    once = trained(model=NormNet(keep=0.7), num_epochs=6, **settings)
    assert_same_run(twice, once)
    assert_same_averages(twice.model, once.model)


def test_averages_of_an_earlier_training_are_where_the_next_one_begins():
    model = trained(model=NormNet(), num_epochs=1).model
    kept = model.bn_params[0]["running_mean"]
    make_solver(model).check_accuracy(clouds()["X_val"], clouds()["y_val"])
    np.testing.assert_array_equal(model.bn_params[0]["running_mean"], kept)


def test_the_solver_leaves_the_global_stream_alone_where_nothing_is_dropped():
    solver = trained(model=NormNet())
    np.random.seed(5)
    expected = np.random.rand()
    np.random.seed(5)
    solver.train()
    assert np.random.rand() == expected


# What is refused, by name


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"bach_size": 10}, TypeError, "'bach_size': did you mean batch_size"),
        ({"optimconfig": {}}, TypeError, "did you mean optim_config"),
        ({"xyz": 1}, TypeError, "there are update_rule, optim_config, lr_decay"),
        ({"update_rule": "sdg"}, ValueError, "update rule .* 'sdg': did you mean sgd"),
        ({"batch_size": 0}, ValueError, "batch_size is 0: expected 1 or more"),
        ({"num_epochs": 2.5}, TypeError, r"num_epochs is 2\.5, a float: expected a whole"),
        ({"num_val_samples": 0}, ValueError, "num_val_samples is 0"),
    ],
)
def test_wrong_settings_are_refused(settings, error, message):
    with pytest.raises(error, match=message):
        make_solver(**settings)


def test_a_model_without_parameters_is_refused():
    model = TinyNet()
    model.params = {}
    with pytest.raises(ValueError, match=r"model\.params is empty"):
        make_solver(model)


@pytest.mark.parametrize(
    ("part", "change", "error", "message"),
    [
        ("X_train", lambda X: X[:-1], ValueError, "X_train has 239 examples, but y_train has 240"),
        ("X_train", lambda X: X[:0], ValueError, r"X_train is empty, \(0, 2\)"),
        ("X_train", lambda X: X.ravel(), ValueError, r"X_train is \(480,\): expected \(N, …\)"),
        ("X_train", lambda X: X.tolist(), TypeError, "X_train is a list: expected an array"),
        ("X_train", lambda X: X.astype(str), TypeError, "X_train is an array of <U.*: .* numbers"),
        ("X_val", lambda X: X[:, :1], ValueError, r"X_val is \(60, 1\), but X_train is \(240, 2\)"),
        ("y_val", lambda y: y[:-2], ValueError, "X_val has 60 examples, but y_val has 58"),
        ("y_train", lambda y: y[:, None], ValueError, r"y_train is \(240, 1\): expected \(N,\)"),
        ("y_train", lambda y: y * 1.0, TypeError, "y_train is an array of float64: .* integers"),
        ("y_train", lambda y: y - 1, ValueError, "y_train has the label -1 at 0: .* start at 0"),
    ],
)
def test_wrong_data_are_refused(part, change, error, message):
    data = clouds()
    data[part] = change(data[part])
    with pytest.raises(error, match=message):
        make_solver(data=data)


def test_missing_data_are_named():
    data = {"X_train": np.zeros((2, 2)), "y_train": np.zeros(2, int), "x_val": 1}
    with pytest.raises(ValueError, match=r"data lacks X_val, y_val: .* has X_train, y_train, x_"):
        make_solver(data=data)


def test_labels_beyond_the_scores_are_refused():
    data = clouds()
    data["y_val"][7] = 3
    with pytest.raises(
        ValueError, match="y_val has the label 3 at 7, but the model gives 3 scores"
    ):
        trained(data=data)


def test_nan_in_the_data_is_refused():
    data = clouds()
    data["X_train"][4, 1] = np.nan
    with pytest.raises(ValueError, match=r"X_train is nan at \[4, 1\]"):
        trained(data=data)


def model_returning(scores=None, result=None):
    """A TinyNet whose scores or (loss, grads) go through a function first."""
    model = TinyNet()
    loss = model.loss

    def changed(X, y=None):
        change = scores if y is None else result
        return change(loss(X, y)) if change else loss(X, y)

    model.loss = changed
    return model


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"scores": lambda s: None}, TypeError, "without labels returned None"),
        ({"scores": lambda s: (s, {})}, TypeError, "without labels returned a tuple"),
        ({"scores": lambda s: s.T}, ValueError, r"scores of shape \(3, 50\): expected \(50, C\)"),
        ({"result": lambda r: r[0]}, TypeError, "returned a float64: expected a tuple"),
        ({"result": lambda r: (r[0], None)}, TypeError, "grads is None: expected a dict"),
        ({"result": lambda r: (np.ones(3), r[1])}, ValueError, r"the loss has shape \(3,\)"),
        ({"result": lambda r: (r[0], {"W1": r[1]["W1"]})}, ValueError, "grads has no 'b1'"),
        (
            {"result": lambda r: (r[0], {**r[1], "b1": r[1]["b1"][None]})},
            ValueError,
            r"grads\['b1'\] is \(1, 12\), but params\['b1'\] is \(12,\)",
        ),
    ],
)
def test_a_model_that_returns_something_else_is_told_what(change, error, message):
    with pytest.raises(error, match=message):
        trained(model=model_returning(**change))


def test_a_model_that_is_a_todo_says_so():
    def todo(X, y=None):
        raise NotImplementedError("TODO: TinyNet.loss")

    model = TinyNet()
    model.loss = todo
    with pytest.raises(NotImplementedError, match=r"TODO: TinyNet\.loss"):
        trained(model=model)
