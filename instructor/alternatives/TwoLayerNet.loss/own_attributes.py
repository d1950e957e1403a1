"""Layers of its own that `__init__` keeps, and methods beside loss."""

import numpy as np

from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import affine_backward, affine_forward, softmax_loss


class TwoLayerNet:
    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        self.reg = reg
        self.num_layers = 2
        self.weights = ["W1", "W2"]
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        weights = getattr(self, "weights", ["W1", "W2"])
        params = self.params
        hidden, first = affine_relu_forward(X, params["W1"], params["b1"])
        scores, second = affine_forward(hidden, params["W2"], params["b2"])
        if y is None:
            return scores
        grads = {}
        loss, dout = softmax_loss(scores, y)
        dout, grads["W2"], grads["b2"] = affine_backward(dout, second)
        _, grads["W1"], grads["b1"] = affine_relu_backward(dout, first)
        for name in weights:
            loss = loss + 0.5 * self.reg * np.vdot(params[name], params[name])
            grads[name] = grads[name] + self.reg * params[name]
        return loss, grads
