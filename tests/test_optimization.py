"""The key's answers of 04_optimization against analytic gradients, scipy and PyTorch."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime, rosen, rosen_der


@pytest.fixture(scope="module")
def optimization(import_solved):
    return import_solved("cs231n.optimization")


def test_the_numerical_gradient_is_that_of_a_known_function(optimization):
    x = np.array([0.3, -1.2, 2.0, 0.7])
    got = optimization.numerical_gradient(rosen, x)
    np.testing.assert_allclose(got, rosen_der(x), rtol=1e-7)
    # scipy's difference is one-sided: good to half as many digits.
    np.testing.assert_allclose(got, approx_fprime(x, rosen), rtol=1e-4)


def test_gradient_descent_is_pytorchs_sgd(optimization):
    torch = pytest.importorskip("torch")
    start = np.array([[0.5, -1.0], [2.0, 0.25]])
    w = torch.tensor(start, requires_grad=True)
    optimizer, losses = torch.optim.SGD([w], lr=0.05), []
    for _ in range(20):
        optimizer.zero_grad()
        loss = (w**4).sum() + w[0, 0] * w[1, 1]
        loss.backward()
        losses.append(loss.item())
        optimizer.step()

    def quartic(W):
        gradient = 4 * W**3
        gradient[0, 0] += W[1, 1]
        gradient[1, 1] += W[0, 0]
        return np.sum(W**4) + W[0, 0] * W[1, 1], gradient

    W, ours = optimization.gradient_descent(quartic, start, 0.05, 20)
    np.testing.assert_allclose(W, w.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours, losses, rtol=1e-12)


@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 3, 2)])
def test_penalties_have_the_gradients_of_autograd(optimization, shape):
    torch = pytest.importorskip("torch")
    W = np.random.RandomState(0).normal(size=shape)
    W.flat[1] = 0
    w = torch.tensor(W, requires_grad=True)
    formulas = {
        "l1_penalty": ((0.3,), lambda: 0.3 * w.abs().sum()),
        "l2_penalty": ((0.3,), lambda: 0.3 * (w**2).sum()),
        "elastic_net_penalty": ((0.3, 0.7), lambda: 0.3 * w.abs().sum() + 0.7 * (w**2).sum()),
    }
    for name, (strengths, formula) in formulas.items():
        value, gradient = getattr(optimization, name)(W, *strengths)
        expected = formula()
        (slope,) = torch.autograd.grad(expected, w)
        np.testing.assert_allclose(value, expected.item(), rtol=1e-12)
        np.testing.assert_allclose(gradient, slope.numpy(), rtol=1e-12, atol=0)


def test_searches_get_lower(optimization):
    np.random.seed(0)
    W, loss = optimization.random_search(rosen, (3,), 500, scale=1.0)
    assert loss == rosen(W)
    lower, value = optimization.random_local_search(rosen, W, 500, step_size=0.05)
    assert value == rosen(lower) < loss
