"""Normalization and dropout: the key against PyTorch, and what must hold of any answer."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs231n.checks import CheckFailed
from cs231n.course.checking.harness import run_battery
from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

N, D = 6, 5
TIGHT = {"rtol": 1e-9, "atol": 1e-9}


@pytest.fixture(scope="module")
def layers(import_solved):
    """The key's functions by name."""
    families = ("normalization", "spatial_normalization", "dropout")
    modules = [import_solved(f"cs231n.layers.{family}") for family in families]
    return {name: each for module in modules for name, each in vars(module).items()}


@pytest.fixture(scope="module")
def make_net(import_solved):
    return import_solved("cs231n.classifiers.fc_net").FullyConnectedNet


def point(seed=0, dtype=np.float64):
    """x, gamma, beta and dout."""
    random = np.random.RandomState(seed)
    shapes = (N, D), D, D, (N, D)
    return [(2 * random.normal(size=shape) + 1).astype(dtype) for shape in shapes]


def assert_agree(got, theirs):
    for ours, tensor in zip(got, theirs, strict=True):
        np.testing.assert_allclose(ours, tensor.detach().numpy(), **TIGHT)


def torchs(forward):
    """out, dx, dgamma and dbeta of PyTorch at the usual point; forward takes (x, gamma, beta)."""
    torch = pytest.importorskip("torch")
    *arrays, dout = point()
    leaves = [torch.tensor(array, requires_grad=True) for array in arrays]
    out = forward(torch, *leaves)
    out.backward(torch.tensor(dout))
    return out, *(leaf.grad for leaf in leaves)


# Batch normalization


@pytest.mark.parametrize("backward", ["batchnorm_backward", "batchnorm_backward_alt"])
@pytest.mark.parametrize("eps", [1e-5, 0.5])
def test_batchnorm_in_training_is_pytorchs(layers, backward, eps):
    *arrays, dout = point()
    out, cache = layers["batchnorm_forward"](*arrays, {"mode": "train", "eps": eps})

    def forward(torch, x, gamma, beta):
        normalize = torch.nn.functional.batch_norm
        return normalize(x, None, None, gamma, beta, training=True, eps=eps)

    assert_agree((out, *layers[backward](dout, cache)), torchs(forward))


@pytest.mark.parametrize("momentum", [0.9, 0.6])
def test_running_averages_and_test_time_are_pytorchs(layers, momentum):
    torch = pytest.importorskip("torch")
    theirs = torch.nn.BatchNorm1d(D, momentum=1 - momentum, dtype=torch.float64)
    theirs.running_var.zero_()  # PyTorch starts at one
    x, gamma, beta, _ = point()
    theirs.weight.data, theirs.bias.data = torch.tensor(gamma), torch.tensor(beta)
    bn_param = {"mode": "train", "momentum": momentum}
    for seed in range(4):
        batch = point(seed)[0]
        layers["batchnorm_forward"](batch, gamma, beta, bn_param)
        theirs(torch.tensor(batch))
    # PyTorch averages the unbiased variance.
    theirs.running_var *= (N - 1) / N
    averages = bn_param["running_mean"], bn_param["running_var"]
    assert_agree(averages, (theirs.running_mean, theirs.running_var))
    theirs.eval()
    out, _ = layers["batchnorm_forward"](x, gamma, beta, {**bn_param, "mode": "test"})
    assert_agree([out], [theirs(torch.tensor(x))])


def test_test_time_leaves_the_running_averages_alone(layers):
    x, gamma, beta, _ = point()
    bn_param = {"mode": "test"}
    layers["batchnorm_forward"](x, gamma, beta, bn_param)
    assert bn_param == {"mode": "test"}


@given(seed=st.integers(0, 10**6), offset=st.floats(-1e3, 1e3))
@settings(max_examples=30, deadline=None)
def test_both_backward_passes_are_one(layers, seed, offset):
    x, gamma, beta, dout = point(seed)
    _, cache = layers["batchnorm_forward"](x + offset, gamma, beta, {"mode": "train"})
    pair = [layers[f"batchnorm_backward{kind}"](dout, cache) for kind in ("", "_alt")]
    for one, other in zip(*pair, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-8)


@given(seed=st.integers(0, 10**6), scale=st.floats(0.5, 100), shift=st.floats(-100, 100))
@settings(max_examples=30, deadline=None)
def test_the_scale_and_shift_of_what_comes_in_do_not_matter(layers, seed, scale, shift):
    x, gamma, beta, _ = point(seed)
    for name, param in (("batchnorm_forward", {"mode": "train"}), ("layernorm_forward", {})):
        given_ = {**param, "eps": 1e-12}
        out, _ = layers[name](x, gamma, beta, dict(given_))
        moved, _ = layers[name](scale * x + shift, gamma, beta, dict(given_))
        np.testing.assert_allclose(moved, out, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("layer", ["batchnorm", "spatial_batchnorm", "dropout"])
def test_another_mode_is_refused(layers, layer):
    pictures = [np.ones((2, D, 3, 3)), *point()[1:3]]
    arguments = {"batchnorm": point()[:3], "dropout": point()[:1], "spatial_batchnorm": pictures}
    with pytest.raises(ValueError, match='\'tset\', expected "train" or "test"'):
        layers[f"{layer}_forward"](*arguments[layer], {"mode": "tset", "p": 0.5})


# Layer normalization


@pytest.mark.parametrize("eps", [1e-5, 0.5])
def test_layernorm_is_pytorchs(layers, eps):
    *arrays, dout = point()
    out, cache = layers["layernorm_forward"](*arrays, {"eps": eps})

    def forward(torch, x, gamma, beta):
        return torch.nn.functional.layer_norm(x, (D,), gamma, beta, eps)

    assert_agree((out, *layers["layernorm_backward"](dout, cache)), torchs(forward))


# float32


@pytest.mark.parametrize("mode", ["train", "test"])
def test_batchnorm_keeps_float32(layers, mode):
    *arrays, dout = point(dtype=np.float32)
    bn_param = {"mode": "train"}
    _, cache = layers["batchnorm_forward"](*arrays, bn_param)
    out, _ = layers["batchnorm_forward"](*arrays, {**bn_param, "mode": mode})
    averages = bn_param["running_mean"], bn_param["running_var"]
    backward = [layers[f"batchnorm_backward{kind}"](dout, cache) for kind in ("", "_alt")]
    assert {a.dtype for a in (out, *averages, *backward[0], *backward[1])} == {np.dtype("float32")}


def test_layernorm_and_dropout_keep_float32(layers):
    *arrays, dout = point(dtype=np.float32)
    out, cache = layers["layernorm_forward"](*arrays, {})
    results = [out, *layers["layernorm_backward"](dout, cache)]
    for mode in ("train", "test"):
        out, cache = layers["dropout_forward"](arrays[0], {"mode": mode, "p": 0.4})
        results += [out, layers["dropout_backward"](dout, cache)]
    assert {array.dtype for array in results} == {np.dtype("float32")}


# Dropout


@given(
    seed=st.integers(0, 2**32 - 1), p=st.floats(0.05, 1), shape=st.sampled_from([(7,), (3, 4, 5)])
)
@settings(max_examples=50, deadline=None)
def test_dropout_is_one_mask_forward_and_backward(layers, seed, p, shape):
    x, dout = np.linspace(1, 2, np.prod(shape)).reshape(shape), np.ones(shape)
    param = {"mode": "train", "p": p, "seed": seed}
    out, cache = layers["dropout_forward"](x, param)
    mask = layers["dropout_backward"](dout, cache)
    np.testing.assert_allclose(out, x * mask)
    assert np.all((mask == 0) | np.isclose(mask, 1 / p))
    again, _ = layers["dropout_forward"](x, param)
    np.testing.assert_array_equal(again, out)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_dropout_keeps_the_mean(layers, p):
    x = np.full((1000, 1000), 3.0)
    out, _ = layers["dropout_forward"](x, {"mode": "train", "p": p, "seed": 1})
    deviation = 3 * np.sqrt((1 - p) / p / x.size)
    assert abs(out.mean() - 3) < 6 * deviation
    assert abs(np.mean(out != 0) - p) < 6 * np.sqrt(p * (1 - p) / x.size)


def test_dropout_at_test_time_is_the_identity_both_ways(layers):
    x, *_, dout = point()
    out, cache = layers["dropout_forward"](x, {"mode": "test", "p": 0.3})
    np.testing.assert_array_equal(out, x)
    np.testing.assert_array_equal(layers["dropout_backward"](dout, cache), dout)


def test_a_mask_that_is_read_off_from_zeros_is_found():
    """Right where nothing in x is 0, and wrong behind a relu."""

    def dropout_forward(x, dropout_param):
        p, mode = dropout_param["p"], dropout_param["mode"]
        if "seed" in dropout_param:
            np.random.seed(dropout_param["seed"])
        out = x * (np.random.rand(*x.shape) < p) / p if mode == "train" else x
        return out, (out != 0) / p if mode == "train" else 1

    def dropout_backward(dout, cache):
        return dout * cache

    dropout_backward.__qualname__ = "dropout_backward"
    with pytest.raises(CheckFailed, match="read off from zeros"):
        run_battery(dropout_backward, {"dropout_forward": dropout_forward})


# The net


def torch_net(torch, net, normalization):
    """The same net in PyTorch: its layers, and {name of a parameter: its tensor}."""
    stack, tensors = [torch.nn.Flatten()], {}
    for i in range(1, net.num_layers + 1):
        W = net.params[f"W{i}"]
        affine = torch.nn.Linear(*W.shape, dtype=torch.float64)
        affine.weight.data, affine.bias.data = torch.tensor(W.T), torch.tensor(net.params[f"b{i}"])
        stack.append(affine)
        tensors |= {f"W{i}": affine.weight, f"b{i}": affine.bias}
        if i < net.num_layers:
            kinds = {"batchnorm": torch.nn.BatchNorm1d, "layernorm": torch.nn.LayerNorm}
            norm = kinds[normalization](W.shape[1], dtype=torch.float64)
            norm.weight.data = torch.tensor(net.params[f"gamma{i}"])
            norm.bias.data = torch.tensor(net.params[f"beta{i}"])
            stack += [norm, torch.nn.ReLU()]
            tensors |= {f"gamma{i}": norm.weight, f"beta{i}": norm.bias}
    return torch.nn.Sequential(*stack), tensors


@pytest.mark.parametrize("normalization", ["batchnorm", "layernorm"])
def test_the_net_is_pytorchs(make_net, normalization):
    torch = pytest.importorskip("torch")
    random = np.random.RandomState(3)
    sizes = {"input_dim": 12, "num_classes": 4, "dtype": np.float64}
    net = make_net([7, 6, 5], normalization=normalization, reg=0.3, **sizes)
    net.params = {name: random.normal(size=w.shape) for name, w in net.params.items()}
    X, y = random.normal(size=(8, 2, 2, 3)), np.arange(8) % 4
    theirs, tensors = torch_net(torch, net, normalization)

    loss, grads = net.loss(X, y)
    their_loss = torch.nn.functional.cross_entropy(theirs(torch.tensor(X)), torch.tensor(y))
    weights = [w for name, w in tensors.items() if name.startswith("W")]
    their_loss = their_loss + 0.5 * 0.3 * sum((w**2).sum() for w in weights)
    their_loss.backward()
    np.testing.assert_allclose(loss, their_loss.item(), **TIGHT)
    assert grads.keys() == tensors.keys()
    for name, tensor in tensors.items():
        expected = tensor.grad.T if name.startswith("W") else tensor.grad
        np.testing.assert_allclose(grads[name], expected.numpy(), err_msg=name, **TIGHT)

    if normalization == "batchnorm":
        # Where they start and which variance they average differs: compared above.
        for norm, bn_param in zip(
            [m for m in theirs if hasattr(m, "running_mean")], net.bn_params, strict=True
        ):
            norm.running_mean = torch.tensor(bn_param["running_mean"])
            norm.running_var = torch.tensor(bn_param["running_var"])
    theirs.eval()
    assert_agree([net.loss(X)], [theirs(torch.tensor(X))])


PLAIN = """
class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.params = reg, dtype, {}
        sizes = [input_dim, *hidden_dims, num_classes]
        for i in range(1, len(sizes)):
            W = weight_scale * np.random.randn(sizes[i - 1], sizes[i])
            self.params |= {f"W{i}": W.astype(dtype), f"b{i}": np.zeros(sizes[i], dtype)}

    def loss(self, X, y=None):
        out, caches = X.astype(self.dtype), []
        last = sum(name[0] == "W" for name in self.params)
        for i in range(1, last + 1):
            forward = affine_forward if i == last else affine_relu_forward
            out, cache = forward(out, self.params[f"W{i}"], self.params[f"b{i}"])
            caches.append(cache)
        if y is None:
            return out
        (loss, dout), grads = softmax_loss(out, y), {}
        for i in range(last, 0, -1):
            W = self.params[f"W{i}"]
            backward = affine_backward if i == last else affine_relu_backward
            dout, dW, grads[f"b{i}"] = backward(dout, caches.pop())
            grads[f"W{i}"] = dW + self.reg * W
            loss += 0.5 * self.reg * np.sum(W * W)
        return loss, grads
"""
NET = ["FullyConnectedNet.__init__", "FullyConnectedNet.loss"]


@pytest.mark.parametrize("plain", [NET, NET[1:]], ids=["both are", "only loss is"])
def test_the_plain_net_is_done_in_08_and_to_do_in_10(tmp_path, plain):
    (tmp_path / "plain.py").write_text(f"import numpy as np\n{PLAIN}", encoding="utf-8")
    stubs = find_stubs(TREE)
    answers = collect([SOLUTIONS], stubs) | collect([tmp_path / "plain.py"], stubs, plain)
    assemble(answers, tmp_path / "tree")
    script = (
        "from cs231n.course.cells import check_cells\n"
        "from cs231n.course.status.runner import run_checks\n"
        "for o in run_checks([c for c in check_cells() if c.exercise.startswith('FullyC')]):\n"
        "    print(o.notebook[:2], o.id, o.status)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "tree", capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    verdicts = {tuple(line.split()[:2]): line.split()[2] for line in run.stdout.splitlines()}
    assert all(verdicts["08", name] == "done" for name in NET)
    assert {name for name in NET if verdicts["10", name] == "todo"} == set(plain)
