"""09: the activations against PyTorch, and nets that compute with another one than relu."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.prove import ALTERNATIVES

properties = settings(max_examples=60, deadline=None, derandomize=True)
SHAPES = [(5,), (4, 3), (2, 3, 1, 4)]

#: What each activation is in PyTorch, and what it takes after x.
IN_TORCH = {
    "sigmoid": (lambda torch, x: torch.sigmoid(x), {}),
    "tanh": (lambda torch, x: torch.tanh(x), {}),
    "leaky_relu": (lambda torch, x: torch.nn.functional.leaky_relu(x, 0.2), {"slope": 0.2}),
    "elu": (lambda torch, x: torch.nn.functional.elu(x, 1.5), {"alpha": 1.5}),
}
ALONE = {"sigmoid": {}, "tanh": {}, "leaky_relu": {"slope": 0.2}, "elu": {}}


@pytest.fixture(scope="session")
def layers(import_solved):
    return vars(import_solved("cs231n.layers.activations"))


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip("torch")


def numbers(shape, seed=0):
    """Numbers of many sizes, and one beyond what exp can hold."""
    x = np.random.RandomState(seed).normal(scale=3, size=shape)
    x.flat[0], x.flat[1] = 1000, -1000
    return x


def assert_same(got, expected):
    np.testing.assert_allclose(got, expected.detach().numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", IN_TORCH)
def test_an_activation_is_pytorchs(layers, torch, name, shape):
    function, given = IN_TORCH[name]
    x, dout = numbers(shape), np.random.RandomState(1).normal(size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    expected = function(torch, tensor)
    expected.backward(torch.tensor(dout))
    out, cache = layers[f"{name}_forward"](x, **given)
    assert_same(out, expected)
    assert_same(layers[f"{name}_backward"](dout, cache), tensor.grad)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("slope", [0.25, -0.5, 2.0])
def test_prelu_is_pytorchs(layers, torch, shape, slope):
    x, dout = numbers(shape), np.random.RandomState(1).normal(size=shape)
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, np.array([slope]))]
    expected = torch.nn.functional.prelu(*tensors)
    expected.backward(torch.tensor(dout))
    out, cache = layers["prelu_forward"](x, np.array([slope]))
    assert_same(out, expected)
    for grad, tensor in zip(layers["prelu_backward"](dout, cache), tensors, strict=True):
        assert grad.shape == tuple(tensor.shape)
        assert_same(grad, tensor.grad)


@properties
@given(
    sizes=st.tuples(*[st.integers(1, 5)] * 4),
    seed=st.integers(0, 10**6),
)
def test_maxout_is_pytorchs_max_of_affine_pieces(layers, torch, sizes, seed):
    random, (N, D, K, M) = np.random.RandomState(seed), sizes
    arrays = [random.normal(size=size) for size in ((N, D), (K, D, M), (K, M))]
    dout = random.normal(size=(N, M))
    tensors = [torch.tensor(a, requires_grad=True) for a in arrays]
    x, w, b = tensors
    expected = (torch.einsum("nd,kdm->nkm", x, w) + b).max(dim=1).values
    expected.backward(torch.tensor(dout))
    out, cache = layers["maxout_forward"](*arrays)
    assert_same(out, expected)
    for grad, tensor in zip(layers["maxout_backward"](dout, cache), tensors, strict=True):
        assert_same(grad, tensor.grad)


def test_two_pieces_of_maxout_one_of_them_zero_are_a_relu(layers):
    x, w = np.random.RandomState(0).normal(size=(2, 4, 4))
    pieces = np.stack([w, np.zeros((4, 4))])
    out, _ = layers["maxout_forward"](x, pieces, np.zeros((2, 4)))
    np.testing.assert_array_equal(out, np.maximum(x @ w, 0))


# Nets with another activation

#: Run in a tree of its own: a net that computes with an activation in the place of relu.
OTHER_NET = """
import numpy as np
from cs231n import layers
from cs231n.classifiers import FullyConnectedNet, with_activation
from cs231n.gradient_check import eval_numerical_gradient

X, y = np.random.RandomState(3).normal(size=(6, 3)), np.array([0, 1, 1, 0, 1, 0])


def new_net():
    np.random.seed(0)
    return FullyConnectedNet([5, 4], 3, 2, weight_scale=0.5, dtype=np.float64, reg=0.1)


net, plain = new_net(), new_net().loss(X)
assert with_activation(net, "{name}", **{given}) is net
h = X
for i in (1, 2):
    h, _ = layers.{name}_forward(h @ net.params[f"W{{i}}"] + net.params[f"b{{i}}"], **{given})
scores = h @ net.params["W3"] + net.params["b3"]
np.testing.assert_allclose(net.loss(X), scores, rtol=1e-12)
assert np.abs(plain - scores).max() > 1e-3
_, grads = net.loss(X, y)
for key, w in net.params.items():
    numerical = eval_numerical_gradient(lambda _: net.loss(X, y)[0], w)
    np.testing.assert_allclose(grads[key], numerical, atol=1e-7)
try:
    net.loss(X[:, :2])
except ValueError:
    pass
np.testing.assert_array_equal(new_net().loss(X), plain)  # a net that was not told stays as it is
"""


def run_in(tree, text):
    command = [sys.executable, "-c", text]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", IN_TORCH)
def test_a_net_computes_with_another_activation_both_ways(solved, name):
    given = {"slope": 0.3} if name == "leaky_relu" else {}
    run_in(solved, OTHER_NET.format(name=name, given=given))


@pytest.mark.parametrize(
    "path", sorted((ALTERNATIVES / "FullyConnectedNet.loss").glob("*.py")), ids=lambda p: p.stem
)
def test_so_does_a_net_that_is_written_in_another_way(path, tmp_path):
    stubs = find_stubs(TREE)
    assemble(collect([SOLUTIONS], stubs) | collect([path], stubs), tmp_path / "tree")
    run_in(tmp_path / "tree", OTHER_NET.format(name="tanh", given={}))


def test_an_activation_that_there_is_not_is_told_at_once(solved):
    text = """
from cs231n.classifiers import FullyConnectedNet, with_activation
try:
    with_activation(FullyConnectedNet([3]), "tahn")
except AttributeError as error:
    assert "tahn" in str(error)
else:
    raise SystemExit("nothing was raised")
"""
    run_in(solved, text)
