"""Fully connected networks."""

from itertools import pairwise, product

import numpy as np

from cs231n.course.training.parallel import in_parallel
from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_forward,
    dropout_backward,
    dropout_forward,
    layernorm_backward,
    layernorm_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)
from cs231n.solver import Solver

NORMALIZATIONS = {
    "batchnorm": (batchnorm_forward, batchnorm_backward),
    "layernorm": (layernorm_forward, layernorm_backward),
}


class TwoLayerNet:
    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        hidden, hidden_cache = affine_relu_forward(X, W1, b1)
        scores, scores_cache = affine_forward(hidden, W2, b2)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dhidden, dW2, db2 = affine_backward(dscores, scores_cache)
        _, dW1, db1 = affine_relu_backward(dhidden, hidden_cache)
        dW1 += self.reg * W1
        dW2 += self.reg * W2
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def tune_two_layer_net(
    data,
    hidden_dims,
    learning_rates,
    regs,
    num_epochs=5,
    batch_size=200,
    n_jobs=1,
    make_net=TwoLayerNet,
):
    input_dim = int(np.prod(data["X_train"].shape[1:]))
    num_classes = int(np.max(data["y_train"])) + 1

    def train(hidden_dim, learning_rate, reg):
        net = make_net(input_dim=input_dim, hidden_dim=hidden_dim, num_classes=num_classes, reg=reg)
        solver = Solver(
            net,
            data,
            optim_config={"learning_rate": learning_rate},
            num_epochs=num_epochs,
            batch_size=batch_size,
            verbose=False,
        )
        solver.train()
        return net, solver.best_val_acc

    settings = list(product(hidden_dims, learning_rates, regs))
    runs = in_parallel(train, settings, n_jobs)
    best, _ = max(runs, key=lambda run: run[1])
    return {setting: run[1] for setting, run in zip(settings, runs, strict=True)}, best


class FullyConnectedNet:
    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        self.num_layers = len(hidden_dims) + 1
        self.normalization = normalization
        self.reg = reg
        self.dtype = dtype
        params = {}
        for i, (n, m) in enumerate(pairwise([input_dim, *hidden_dims, num_classes]), start=1):
            params[f"W{i}"] = weight_scale * np.random.randn(n, m)
            params[f"b{i}"] = np.zeros(m)
        self.bn_params = []
        if normalization:
            for i, m in enumerate(hidden_dims, start=1):
                params[f"gamma{i}"] = np.ones(m)
                params[f"beta{i}"] = np.zeros(m)
                self.bn_params.append({"mode": "train"} if normalization == "batchnorm" else {})
        self.params = {name: w.astype(dtype) for name, w in params.items()}
        self.dropout_param = {}
        if dropout_keep_ratio != 1:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed

    def loss(self, X, y=None):
        mode = "test" if y is None else "train"
        for param in (*self.bn_params, self.dropout_param):
            if "mode" in param:
                param["mode"] = mode
        out, caches = X.astype(self.dtype), []
        for i in range(1, self.num_layers):
            out, cache = self._hidden_forward(out, i)
            caches.append(cache)
        W, b = f"W{self.num_layers}", f"b{self.num_layers}"
        scores, cache = affine_forward(out, self.params[W], self.params[b])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = {}
        dout, grads[W], grads[b] = affine_backward(dscores, cache)
        for i in reversed(range(1, self.num_layers)):
            dout, hidden_grads = self._hidden_backward(dout, caches.pop(), i)
            grads |= hidden_grads
        for i in range(1, self.num_layers + 1):
            W = self.params[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads[f"W{i}"] += self.reg * W
        return loss, grads

    def _hidden_forward(self, x, i):
        """Hidden layer i: affine - [normalization] - relu - [dropout]. Returns (out, cache)."""
        W, b, gamma, beta = (self.params.get(f"{name}{i}") for name in ("W", "b", "gamma", "beta"))
        norm_cache = dropout_cache = None
        out, affine_cache = affine_forward(x, W, b)
        if self.normalization:
            forward, _ = NORMALIZATIONS[self.normalization]
            out, norm_cache = forward(out, gamma, beta, self.bn_params[i - 1])
        out, relu_cache = relu_forward(out)
        if self.dropout_param:
            out, dropout_cache = dropout_forward(out, self.dropout_param)
        return out, (affine_cache, norm_cache, relu_cache, dropout_cache)

    def _hidden_backward(self, dout, cache, i):
        """Returns (dx, grads), grads by the names of hidden layer i's parameters."""
        affine_cache, norm_cache, relu_cache, dropout_cache = cache
        grads = {}
        if self.dropout_param:
            dout = dropout_backward(dout, dropout_cache)
        dout = relu_backward(dout, relu_cache)
        if self.normalization:
            _, backward = NORMALIZATIONS[self.normalization]
            dout, grads[f"gamma{i}"], grads[f"beta{i}"] = backward(dout, norm_cache)
        dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)
        return dx, grads
