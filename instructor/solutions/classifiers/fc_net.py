"""Fully connected networks."""

from itertools import product

import numpy as np

from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import affine_backward, affine_forward, softmax_loss
from cs231n.parallel import in_parallel
from cs231n.solver import Solver


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
