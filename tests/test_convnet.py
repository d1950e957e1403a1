"""The key's convolutional layers and net, against PyTorch and the facts of the course."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs231n.course.training.precision import in_float32

properties = settings(max_examples=40, deadline=None, derandomize=True)


@pytest.fixture(scope="session")
def layers(import_solved):
    families = ("convolution", "pooling", "spatial_normalization")
    modules = [import_solved(f"cs231n.layers.{family}") for family in families]
    return SimpleNamespace(**{name: f for module in modules for name, f in vars(module).items()})


@pytest.fixture(scope="session")
def fast_layers(import_solved):
    return import_solved("cs231n.fast_layers")


@pytest.fixture(scope="session")
def layer_utils(import_solved):
    return import_solved("cs231n.layer_utils")


@pytest.fixture(scope="session")
def ThreeLayerConvNet(import_solved):
    return import_solved("cs231n.classifiers.cnn").ThreeLayerConvNet


def assert_same(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


def torch_gradients(function, dout, *arrays):
    """function's value on torch tensors, and the gradients of sum(value * dout) with each array."""
    torch = pytest.importorskip("torch")
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    out = function(torch, *tensors)
    (out * torch.tensor(dout)).sum().backward()
    return out.detach().numpy(), [tensor.grad.numpy() for tensor in tensors]


@st.composite
def convolutions(draw):
    """x, w, b, conv_param, where at least one window fits."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    N, C, F, HH, WW = (draw(st.integers(1, 4)) for _ in range(5))
    pad = draw(st.integers(0, 2))
    H, W = (max(1, draw(st.integers(0, 5)) + size - 2 * pad) for size in (HH, WW))
    x, w = random.normal(size=(N, C, H, W)), random.normal(size=(F, C, HH, WW))
    return x, w, random.normal(size=F), {"stride": draw(st.integers(1, 3)), "pad": pad}


@st.composite
def poolings(draw):
    """x and pool_param, where at least one window fits."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    N, C, height, width, stride = (draw(st.integers(1, 3)) for _ in range(5))
    H, W = height + draw(st.integers(0, 5)), width + draw(st.integers(0, 5))
    pool_param = {"pool_height": height, "pool_width": width, "stride": stride}
    return random.normal(size=(N, C, H, W)), pool_param


@properties
@given(problem=convolutions())
def test_convolution_is_pytorchs(layers, problem):
    x, w, b, conv_param = problem
    out, cache = layers.conv_forward_naive(x, w, b, conv_param)
    dout = np.random.RandomState(0).normal(size=out.shape)

    def conv(torch, x, w, b):
        stride, pad = conv_param["stride"], conv_param["pad"]
        return torch.nn.functional.conv2d(x, w, b, stride=stride, padding=pad)

    expected, gradients = torch_gradients(conv, dout, x, w, b)
    assert_same(out, expected)
    for got, gradient in zip(layers.conv_backward_naive(dout, cache), gradients, strict=True):
        assert_same(got, gradient)


@properties
@given(problem=poolings())
def test_max_pooling_is_pytorchs(layers, problem):
    x, pool_param = problem
    out, cache = layers.max_pool_forward_naive(x, pool_param)
    dout = np.random.RandomState(0).normal(size=out.shape)

    def pool(torch, x):
        size = pool_param["pool_height"], pool_param["pool_width"]
        return torch.nn.functional.max_pool2d(x, size, stride=pool_param["stride"])

    expected, (dx,) = torch_gradients(pool, dout, x)
    assert_same(out, expected)
    assert_same(layers.max_pool_backward_naive(dout, cache), dx)


@properties
@given(problem=convolutions())
def test_naive_convolution_is_the_fast_one(layers, fast_layers, problem):
    out, cache = layers.conv_forward_naive(*problem)
    fast_out, fast_cache = fast_layers.conv_forward_fast(*problem)
    assert_same(out, fast_out)
    dout = np.random.RandomState(0).normal(size=out.shape)
    gradients = layers.conv_backward_naive(dout, cache)
    for got, fast in zip(gradients, fast_layers.conv_backward_fast(dout, fast_cache), strict=True):
        assert_same(got, fast)


@properties
@given(problem=poolings())
def test_naive_pooling_is_the_fast_one_with_ties_too(layers, fast_layers, problem):
    x, pool_param = problem
    x = np.round(x)  # many entries are equal: both serve the first of the largest
    out, cache = layers.max_pool_forward_naive(x, pool_param)
    fast_out, fast_cache = fast_layers.max_pool_forward_fast(x, pool_param)
    assert_same(out, fast_out)
    dout = np.random.RandomState(0).normal(size=out.shape)
    dx = layers.max_pool_backward_naive(dout, cache)
    assert_same(dx, fast_layers.max_pool_backward_fast(dout, fast_cache))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_naive_layers_keep_the_type(layers, dtype):
    random = np.random.RandomState(0)
    x, w, b = (random.normal(size=s).astype(dtype) for s in [(2, 3, 4, 5), (2, 3, 3, 3), 2])
    out, cache = layers.conv_forward_naive(x, w, b, {"stride": 1, "pad": 1})
    gradients = layers.conv_backward_naive(out, cache)
    pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    pooled, pool_cache = layers.max_pool_forward_naive(x, pool_param)
    dpooled = layers.max_pool_backward_naive(pooled, pool_cache)
    assert {array.dtype for array in (out, *gradients, pooled, dpooled)} == {np.dtype(dtype)}


def test_spatial_batchnorm_is_pytorchs(layers):
    random = np.random.RandomState(0)
    x, dout = random.normal(2, 3, size=(4, 5, 3, 6)), random.normal(size=(4, 5, 3, 6))
    gamma, beta = random.normal(size=5), random.normal(size=5)

    def batchnorm(torch, x, gamma, beta):
        return torch.nn.functional.batch_norm(x, None, None, gamma, beta, training=True)

    expected, gradients = torch_gradients(batchnorm, dout, x, gamma, beta)
    bn_param = {"mode": "train"}
    out, cache = layers.spatial_batchnorm_forward(x, gamma, beta, bn_param)
    assert_same(out, expected)
    got = layers.spatial_batchnorm_backward(dout, cache)
    for each, gradient in zip(got, gradients, strict=True):
        assert_same(each, gradient)
    assert_same(bn_param["running_mean"], 0.1 * x.mean(axis=(0, 2, 3)))
    assert_same(bn_param["running_var"], 0.1 * x.var(axis=(0, 2, 3)))


@pytest.mark.parametrize("G", [1, 2, 3, 6])
def test_spatial_groupnorm_is_pytorchs(layers, G):
    random = np.random.RandomState(G)
    x, dout = random.normal(2, 3, size=(3, 6, 4, 5)), random.normal(size=(3, 6, 4, 5))
    gamma, beta = random.normal(size=(1, 6, 1, 1)), random.normal(size=(1, 6, 1, 1))

    def groupnorm(torch, x, gamma, beta):
        return torch.nn.functional.group_norm(x, G, gamma.flatten(), beta.flatten())

    expected, gradients = torch_gradients(groupnorm, dout, x, gamma, beta)
    out, cache = layers.spatial_groupnorm_forward(x, gamma, beta, G, {})
    assert_same(out, expected)
    got = layers.spatial_groupnorm_backward(dout, cache)
    for each, gradient in zip(got, gradients, strict=True):
        assert each.shape == gradient.shape
        assert_same(each, gradient)


CONV_PARAM = {"stride": 1, "pad": 1}
POOL_PARAM = {"pool_height": 2, "pool_width": 2, "stride": 2}


def test_conv_sandwiches_are_pytorchs(layer_utils):
    random = np.random.RandomState(1)
    x, w, b = random.normal(size=(2, 3, 4, 6)), random.normal(size=(4, 3, 3, 3)), np.ones(4)
    gamma, beta = random.normal(size=4), random.normal(size=4)
    maps, small = random.normal(size=(2, 4, 4, 6)), random.normal(size=(2, 4, 2, 3))

    def conv_relu(torch, x, w, b):
        return torch.relu(torch.nn.functional.conv2d(x, w, b, padding=1))

    def conv_relu_pool(torch, *arrays):
        return torch.nn.functional.max_pool2d(conv_relu(torch, *arrays), 2)

    def conv_bn_relu(torch, x, w, b, gamma, beta):
        scores = torch.nn.functional.conv2d(x, w, b, padding=1)
        batch_norm = torch.nn.functional.batch_norm
        return torch.relu(batch_norm(scores, None, None, gamma, beta, training=True))

    cases = [
        ("conv_relu", conv_relu, maps, (x, w, b), (CONV_PARAM,)),
        ("conv_relu_pool", conv_relu_pool, small, (x, w, b), (CONV_PARAM, POOL_PARAM)),
        (
            "conv_bn_relu",
            conv_bn_relu,
            maps,
            (x, w, b, gamma, beta),
            (CONV_PARAM, {"mode": "train"}),
        ),
    ]
    for name, in_torch, dout, arrays, params in cases:
        expected, gradients = torch_gradients(in_torch, dout, *arrays)
        out, cache = getattr(layer_utils, f"{name}_forward")(*arrays, *params)
        assert_same(out, expected)
        got = getattr(layer_utils, f"{name}_backward")(dout, cache)
        for each, gradient in zip(got, gradients, strict=True):
            assert_same(each, gradient)


@pytest.mark.parametrize("filter_size", [1, 3, 5])
def test_the_nets_loss_and_gradients_are_pytorchs(ThreeLayerConvNet, filter_size):
    random = np.random.RandomState(filter_size)
    X, y = random.normal(size=(3, 2, 4, 6)), np.array([3, 0, 1])
    np.random.seed(filter_size)
    net = ThreeLayerConvNet(
        (2, 4, 6), 5, filter_size, 7, 4, weight_scale=0.3, reg=0.2, dtype=np.float64
    )
    for name in ("b1", "b2", "b3"):
        net.params[name] = random.normal(size=net.params[name].shape)

    def loss_of(torch, W1, b1, W2, b2, W3, b3):
        nn = torch.nn.functional
        maps = nn.max_pool2d(nn.conv2d(torch.tensor(X), W1, b1, padding="same").relu(), 2)
        scores = (maps.flatten(1) @ W2 + b2).relu() @ W3 + b3
        penalty = sum((W**2).sum() for W in (W1, W2, W3))
        return nn.cross_entropy(scores, torch.tensor(y)) + 0.1 * penalty

    names = ("W1", "b1", "W2", "b2", "W3", "b3")
    expected, gradients = torch_gradients(loss_of, 1.0, *(net.params[name] for name in names))
    loss, grads = net.loss(X, y)
    assert_same(loss, expected)
    for name, gradient in zip(names, gradients, strict=True):
        assert_same(grads[name], gradient)


def test_places_of_the_notes(layers):
    size = layers.conv_output_size
    assert size(32, 5, stride=1, pad=2) == 32
    assert [size(7, 3, stride=s, pad=0) for s in (1, 2)] == [5, 3]
    assert size(227, 11, stride=4, pad=0) == 55
    for misfit in [(7, 3, 3, 0), (10, 3, 2, 0), (2, 5, 1, 1)]:
        with pytest.raises(ValueError, match="does not fit"):
            size(*misfit)


def test_parameters_of_the_notes(layers):
    count = layers.conv_num_params
    assert count(num_filters=10, filter_size=5, channels=3) == 760
    assert count(96, 11, 3) == 34_944
    assert count(96, 11, 3, places=55 * 55) == 105_705_600


@pytest.mark.parametrize("C", [1, 8, 64])
def test_three_small_filters_see_as_far_as_a_large_one_and_cost_less(layers, C):
    size = 7
    for _ in range(3):
        size = layers.conv_output_size(size, 3, stride=1, pad=0)
    assert size == layers.conv_output_size(7, 7, stride=1, pad=0) == 1
    assert 3 * (layers.conv_num_params(C, 3, C) - C) == 27 * C**2
    assert layers.conv_num_params(C, 7, C) - C == 49 * C**2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("of_pixels", [np.uint8, np.float32, np.float64])
def test_a_net_computes_in_its_own_type(ThreeLayerConvNet, dtype, of_pixels):
    net = ThreeLayerConvNet((1, 4, 4), 2, 3, 3, 2, reg=0.1, dtype=dtype)
    X = np.arange(32).reshape(2, 1, 4, 4).astype(of_pixels)
    loss, grads = net.loss(X, np.array([0, 1]))
    assert net.dtype == net.loss(X).dtype == np.asarray(loss).dtype == dtype
    assert {a.dtype for a in (*net.params.values(), *grads.values())} == {np.dtype(dtype)}


def test_a_net_is_float32_unless_told_otherwise(ThreeLayerConvNet):
    assert {w.dtype for w in ThreeLayerConvNet().params.values()} == {np.dtype(np.float32)}


def test_a_small_net_learns_where_a_bar_lies(ThreeLayerConvNet, import_solved):
    """Bars that lie or stand, anywhere: the filters have to tell one from the other."""
    random = np.random.RandomState(0)
    X, y = 0.1 * random.normal(size=(240, 1, 8, 8)), np.arange(240) % 2
    for picture, label in zip(X, y, strict=True):
        row, column = random.randint(0, 8), random.randint(0, 5)
        bar = picture[0] if label else picture[0].T
        bar[row, column : column + 4] += 1
    X = X.astype(np.float32)
    data = {"X_train": X[:200], "y_train": y[:200], "X_val": X[200:], "y_val": y[200:]}
    np.random.seed(0)
    net = in_float32(ThreeLayerConvNet((1, 8, 8), 4, 3, 10, 2, weight_scale=0.1, reg=1e-3))
    solver = import_solved("cs231n.solver").Solver(
        net,
        data,
        optim_config={"learning_rate": 0.2},
        batch_size=20,
        num_epochs=30,
        verbose=False,
    )
    solver.train()
    assert solver.best_val_acc > 0.9
