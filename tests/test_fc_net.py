"""08_fully_connected_nets: the key's nets and update rules against PyTorch; types and configs; a
plain answer, which is done in 08 and still to do in 10."""

import json
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs231n.gradient_check import grad_check_projection
from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

RULES = ("sgd", "sgd_momentum", "rmsprop", "adam")
DEPTHS = ([], [5], [5, 7], [6, 4, 7], [3, 8, 4, 6])
TORCH = {"rtol": 1e-9, "atol": 1e-9}
properties = settings(max_examples=25, deadline=None, derandomize=True)
rules = pytest.mark.parametrize("rule", RULES)
depths = pytest.mark.parametrize("hidden_dims", DEPTHS, ids=str)
normalizations = pytest.mark.parametrize("normalization", [None, "batchnorm", "layernorm"], ids=str)


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture(scope="session")
def optim(import_solved):
    return import_solved("cs231n.optim")


@pytest.fixture(scope="session")
def make_net(import_solved):
    """Makes nets of 12 inputs and 4 classes with parameters of their own, large enough to tell."""
    fc_net = import_solved("cs231n.classifiers.fc_net")

    def make(hidden_dims, dtype=np.float64, **settings):
        random = np.random.RandomState(1)
        net = fc_net.FullyConnectedNet(hidden_dims, 12, 4, dtype=dtype, **settings)
        for name, w in net.params.items():
            around = 1.0 if name.startswith("gamma") else 0.0
            net.params[name] = (around + 0.4 * random.normal(size=w.shape)).astype(dtype)
        return net

    return make


@pytest.fixture
def batch():
    random = np.random.RandomState(2)
    return random.normal(size=(7, 3, 4)), np.array([0, 3, 1, 2, 2, 0, 3])


def torch_scores(torch, net, params, X, training):
    """What the net of these parameters (tensors) should give; no dropout."""
    functional = torch.nn.functional
    out = X.reshape(len(X), -1) @ params["W1"] + params["b1"]
    for i in range(1, net.num_layers):
        if net.normalization:
            gamma, beta = params[f"gamma{i}"], params[f"beta{i}"]
        if net.normalization == "batchnorm":
            out = functional.batch_norm(out, None, None, gamma, beta, training=training)
        elif net.normalization == "layernorm":
            out = functional.layer_norm(out, out.shape[1:], gamma, beta)
        out = out.relu() @ params[f"W{i + 1}"] + params[f"b{i + 1}"]
    return out


@depths
@normalizations
@pytest.mark.parametrize("reg", [0.0, 0.3])
def test_loss_and_every_gradient_agree_with_pytorch(
    torch, make_net, batch, hidden_dims, normalization, reg
):
    X, y = batch
    net = make_net(hidden_dims, normalization=normalization, reg=reg)
    params = {name: torch.tensor(w, requires_grad=True) for name, w in net.params.items()}
    scores = torch_scores(torch, net, params, torch.tensor(X), training=True)
    penalty = sum((w**2).sum() for name, w in params.items() if name[0] == "W")
    expected = torch.nn.functional.cross_entropy(scores, torch.tensor(y)) + 0.5 * reg * penalty
    expected.backward()
    loss, grads = net.loss(X, y)
    np.testing.assert_allclose(loss, expected.item(), **TORCH)
    assert grads.keys() == net.params.keys()
    for name, grad in grads.items():
        np.testing.assert_allclose(grad, params[name].grad.numpy(), **TORCH, err_msg=name)


@depths
@pytest.mark.parametrize("normalization", [None, "layernorm"], ids=str)
def test_scores_agree_with_pytorch(torch, make_net, batch, hidden_dims, normalization):
    X, _ = batch
    net = make_net(hidden_dims, normalization=normalization)
    params = {name: torch.tensor(w) for name, w in net.params.items()}
    expected = torch_scores(torch, net, params, torch.tensor(X), training=False)
    np.testing.assert_allclose(net.loss(X), expected.numpy(), **TORCH)


@normalizations
def test_gradients_with_dropout_agree_with_numerical_ones(make_net, batch, normalization):
    net = make_net([6, 5], normalization=normalization, dropout_keep_ratio=0.7, seed=5, reg=0.1)
    X, y = batch
    _, grads = net.loss(X, y)
    for name, w in net.params.items():
        error = grad_check_projection(lambda _: net.loss(X, y)[0], w, grads[name])
        # b is of no effect in front of a batch normalization: there is nothing but noise.
        assert error < 1e-5 or np.abs(grads[name]).max() < 1e-12, name


def test_dropout_is_for_training_only(make_net, batch):
    X, _ = batch
    dropped, plain = make_net([6, 5], dropout_keep_ratio=0.5), make_net([6, 5])
    assert plain.dropout_param == {}
    np.testing.assert_array_equal(dropped.loss(X), plain.loss(X))


@normalizations
@pytest.mark.parametrize("ratio", [1, 0.5])
def test_a_new_net_keeps_what_its_docstring_says(import_solved, normalization, ratio):
    kind = import_solved("cs231n.classifiers.fc_net").FullyConnectedNet
    net = kind([6, 5], 12, 4, ratio, normalization, reg=0.3, dtype=np.float64, seed=3)
    assert (net.normalization, net.reg, net.dtype) == (normalization, 0.3, np.float64)
    bn_param = {"batchnorm": [{"mode": "train"}] * 2, "layernorm": [{}, {}], None: []}
    assert net.bn_params == bn_param[normalization]
    assert len({id(param) for param in net.bn_params}) == len(net.bn_params)
    assert net.dropout_param == ({} if ratio == 1 else {"mode": "train", "p": 0.5, "seed": 3})


@depths
@normalizations
def test_float32_stays_float32(make_net, batch, hidden_dims, normalization):
    X, y = batch
    settings = {"normalization": normalization, "dropout_keep_ratio": 0.8, "reg": 0.1}
    net = make_net(hidden_dims, dtype=np.float32, **settings)
    loss, grads = net.loss(X, y)
    assert net.loss(X).dtype == np.float32
    assert np.asarray(loss).dtype == np.float32
    assert {grad.dtype for grad in grads.values()} == {np.dtype(np.float32)}
    assert {w.dtype for w in net.params.values()} == {np.dtype(np.float32)}


@properties
@given(data=st.data())
def test_a_loss_of_any_shape_goes_down_along_its_gradient(make_net, import_solved, data):
    fc_net = import_solved("cs231n.classifiers.fc_net")
    random = np.random.RandomState(data.draw(st.integers(0, 10**6)))
    N, D, C = (data.draw(st.integers(*bounds)) for bounds in ((1, 6), (1, 7), (2, 5)))
    hidden_dims = data.draw(st.lists(st.integers(1, 6), max_size=4))
    net = fc_net.FullyConnectedNet(hidden_dims, D, C, reg=0.1, weight_scale=0.5, dtype=np.float64)
    for name, w in net.params.items():
        net.params[name] = 0.5 * random.normal(size=w.shape)
    X, y = random.normal(size=(N, D)), random.randint(C, size=N)
    before, grads = net.loss(X, y)
    size = sum(np.sum(grad**2) for grad in grads.values())
    net.params = {name: w - 1e-6 * grads[name] for name, w in net.params.items()}
    after, _ = net.loss(X, y)
    np.testing.assert_allclose((before - after) / 1e-6, size, rtol=1e-3, atol=1e-6)


def torch_optimizer(torch, rule, w):
    return {
        "sgd": lambda: torch.optim.SGD([w], lr=0.02),
        "sgd_momentum": lambda: torch.optim.SGD([w], lr=0.02, momentum=0.8),
        "rmsprop": lambda: torch.optim.RMSprop([w], lr=0.02, alpha=0.95, eps=1e-8),
        "adam": lambda: torch.optim.Adam([w], lr=0.02, betas=(0.8, 0.99), eps=1e-8),
    }[rule]()


CONFIGS = {
    "sgd": {"learning_rate": 0.02},
    "sgd_momentum": {"learning_rate": 0.02, "momentum": 0.8},
    "rmsprop": {"learning_rate": 0.02, "decay_rate": 0.95, "epsilon": 1e-8},
    "adam": {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-8},
}


@rules
def test_twenty_steps_agree_with_pytorch(torch, optim, rule):
    random = np.random.RandomState(3)
    w, config = random.normal(size=(4, 5)), CONFIGS[rule]
    tensor = torch.tensor(w, requires_grad=True)
    optimizer = torch_optimizer(torch, rule, tensor)
    for step in range(20):
        dw = random.normal(size=w.shape)
        w, config = getattr(optim, rule)(w, dw, config)
        tensor.grad = torch.tensor(dw)
        optimizer.step()
        np.testing.assert_allclose(w, tensor.detach().numpy(), **TORCH, err_msg=f"step {step + 1}")


@rules
def test_a_rule_without_config_has_pytorchs_usual_settings(torch, optim, rule):
    usual = {"sgd": ("SGD", 1e-2, {}), "sgd_momentum": ("SGD", 1e-2, {"momentum": 0.9})}
    usual |= {"rmsprop": ("RMSprop", 1e-2, {}), "adam": ("Adam", 1e-3, {})}
    kind, rate, more = usual[rule]
    random = np.random.RandomState(4)
    w, config = random.normal(size=(2, 3, 4)), None
    tensor = torch.tensor(w, requires_grad=True)
    optimizer = getattr(torch.optim, kind)([tensor], lr=rate, **more)
    for _ in range(5):
        dw = random.normal(size=w.shape)
        w, config = getattr(optim, rule)(w, dw, config)
        tensor.grad = torch.tensor(dw)
        optimizer.step()
    np.testing.assert_allclose(w, tensor.detach().numpy(), **TORCH)


@rules
@pytest.mark.parametrize("config", [None, {}, {"learning_rate": 0.1}], ids=str)
def test_a_step_leaves_its_arguments_and_keeps_their_type(optim, rule, config):
    w, dw = np.array([[1, -2], [0.5, 3]], np.float32), np.array([[1, 1], [-1, 0]], np.float32)
    before, given = w.copy(), dw.copy()
    next_w, next_config = getattr(optim, rule)(w, dw, config and dict(config))
    np.testing.assert_array_equal(w, before)
    np.testing.assert_array_equal(dw, given)
    assert next_w.dtype == np.float32
    assert {a.dtype for a in next_config.values() if isinstance(a, np.ndarray)} <= {w.dtype}
    assert (next_w != w).tolist() == (dw != 0).tolist()


@rules
def test_the_config_that_was_given_is_updated_and_returned(optim, rule):
    """As in other people's notebooks, which go on with the dict that they gave."""
    update, kept, remembered = getattr(optim, rule), {"learning_rate": 0.1}, {"learning_rate": 0.1}
    w = other_w = np.array([1.0, -2.0, 0.5])
    for dw in np.array([[1, 2, -1], [0, 1, 1], [-1, 0.5, 0]]):
        w, returned = update(w, dw, kept)
        assert returned is kept
        other_w, remembered = update(other_w, dw, dict(remembered))
    np.testing.assert_array_equal(w, other_w)


@rules
def test_a_solver_trains_with_each_rule(import_solved, rule):
    solver_module = import_solved("cs231n.solver")
    fc_net = import_solved("cs231n.classifiers.fc_net")
    random = np.random.RandomState(0)
    y = np.arange(300) % 3
    X = np.array([[0, 2], [2, -1], [-2, -1]])[y] + random.normal(scale=0.3, size=(300, 2))
    data = {"X_train": X[:240], "y_train": y[:240], "X_val": X[240:], "y_val": y[240:]}
    np.random.seed(0)
    net = fc_net.FullyConnectedNet([20, 10], 2, 3, weight_scale=0.3)
    config = {"learning_rate": 0.01 if rule in ("rmsprop", "adam") else 0.1}
    solver = solver_module.Solver(
        net, data, update_rule=rule, optim_config=config, num_epochs=15, verbose=False
    )
    solver.train()
    assert solver.best_val_acc > 0.95
    assert {w.dtype for w in net.params.values()} == {np.dtype(np.float32)}


PLAIN_INIT = """
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        {first}
        self.reg, self.dtype = reg, dtype
        sizes = [input_dim, *hidden_dims, num_classes]
        self.num_layers, self.params = len(sizes) - 1, {{}}
        for i in range(1, len(sizes)):
            shape = sizes[i - 1], sizes[i]
            self.params[f"W{{i}}"] = (weight_scale * np.random.randn(*shape)).astype(dtype)
            self.params[f"b{{i}}"] = np.zeros(sizes[i], dtype)
"""
PLAIN_LOSS = """
    def loss(self, X, y=None):
        out, caches, params, L = X.astype(self.dtype), [], self.params, self.num_layers
        for i in range(1, L):
            out, cache = affine_relu_forward(out, params[f"W{i}"], params[f"b{i}"])
            caches.append(cache)
        scores, last = affine_forward(out, params[f"W{L}"], params[f"b{L}"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = {}
        dout, grads[f"W{L}"], grads[f"b{L}"] = affine_backward(dscores, last)
        for i in range(L - 1, 0, -1):
            dout, grads[f"W{i}"], grads[f"b{i}"] = affine_relu_backward(dout, caches[i - 1])
        for i in range(1, L + 1):
            loss += 0.5 * self.reg * np.sum(params[f"W{i}"] ** 2)
            grads[f"W{i}"] += self.reg * params[f"W{i}"]
        return loss, grads
"""
FIRST_LINES = {
    "ignores_the_rest": "pass",
    "says_that_the_rest_is_to_do": textwrap.dedent("""\
        if normalization is not None or dropout_keep_ratio != 1:
            raise NotImplementedError("TODO: FullyConnectedNet.__init__")
    """),
}


# What the key's answer becomes before everything of notebook 10 is built in, and what is to do.
HALF_WAY = {
    "no_dropout": ("if self.dropout_param:", "if False:", "loss"),
    "no_normalization": ("if self.normalization:", "if False:", "loss"),
    "no_layer_normalization": (
        "if self.normalization:", 'if self.normalization == "batchnorm":', "loss",
    ),
    "no_dropout_in_init": ("if dropout_keep_ratio != 1:", "if False:", "__init__"),
}  # fmt: skip


def statuses(text, folder):
    """{(notebook's number, "__init__" or "loss"): status} where `text` answers both, alone."""
    answer = folder / "answer.py"
    answer.write_text(text, encoding="utf-8")
    stubs = find_stubs(TREE)
    exercises = ["FullyConnectedNet.__init__", "FullyConnectedNet.loss"]
    own = collect([answer], stubs, exercises)
    assert set(own) == set(exercises)
    assemble(collect([SOLUTIONS], stubs) | own, folder / "tree")
    command = [sys.executable, "-m", "cs231n", "status", "--json", *exercises]
    run = subprocess.run(command, cwd=folder / "tree", capture_output=True, text=True, check=True)
    return {
        (outcome["notebook"][:2], outcome["id"].rpartition(".")[2]): outcome["status"]
        for outcome in json.loads(run.stdout)["exercises"]
    }


@pytest.mark.parametrize("first", FIRST_LINES.values(), ids=FIRST_LINES)
def test_a_plain_answer_is_done_in_08_and_todo_in_10(first, tmp_path):
    init = PLAIN_INIT.format(first=textwrap.indent(first, " " * 8).strip())
    imports = """\
import numpy as np

from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import affine_backward, affine_forward, softmax_loss
"""
    found = statuses(f"{imports}\n\nclass FullyConnectedNet:{init}{PLAIN_LOSS}", tmp_path)
    methods = ("__init__", "loss")
    in_08, in_10 = ({(number, method) for method in methods} for number in ("08", "10"))
    assert found == dict.fromkeys(in_08, "done") | dict.fromkeys(in_10, "todo")


@pytest.mark.parametrize(("old", "new", "method"), HALF_WAY.values(), ids=HALF_WAY)
def test_an_answer_that_is_half_way_through_10_is_todo_there_and_never_wrong(
    old, new, method, tmp_path
):
    key = (SOLUTIONS / "classifiers/fc_net.py").read_text(encoding="utf-8")
    assert old in key
    found = statuses(key.replace(old, new), tmp_path)
    assert (found["08", "__init__"], found["08", "loss"]) == ("done", "done")
    assert found["10", method] == "todo"
    assert "wrong" not in found.values()
