"""Layers are objects that keep the dict of parameters, and look up their own in it."""

import numpy as np

from cs231n.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)


class Affine:
    def __init__(self, params, number):
        self.params, self.W, self.b = params, f"W{number}", f"b{number}"

    def forward(self, x):
        out, self.cache = affine_forward(x, self.params[self.W], self.params[self.b])
        return out

    def backward(self, dout):
        dx, dW, db = affine_backward(dout, self.cache)
        return dx, {self.W: dW, self.b: db}


class Relu:
    def forward(self, x):
        out, self.cache = relu_forward(x)
        return out

    def backward(self, dout):
        return relu_backward(dout, self.cache), {}


class TwoLayerNet:
    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        self.reg = reg
        self.params = {"b1": np.zeros(hidden_dim), "b2": np.zeros(num_classes)}
        for name, shape in {"W1": (input_dim, hidden_dim), "W2": (hidden_dim, num_classes)}.items():
            self.params[name] = np.random.normal(scale=weight_scale, size=shape)
        self.layers = [Affine(self.params, 1), Relu(), Affine(self.params, 2)]

    def loss(self, X, y=None):
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        if y is None:
            return out
        loss, dout = softmax_loss(out, y)
        grads = {}
        for layer in reversed(self.layers):
            dout, new = layer.backward(dout)
            grads.update(new)
        for name in ("W1", "W2"):
            W = self.params[name]
            loss += 0.5 * self.reg * np.sum(W**2)
            grads[name] = grads[name] + self.reg * W
        return loss, grads
