"""One sandwich for every hidden layer, and an __init__ of its own that says use_dropout."""

import numpy as np

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


def hidden_forward(x, w, b, gamma, beta, bn_param, normalization, dropout_param):
    bn_cache, dropout_cache = None, None
    out, fc_cache = affine_forward(x, w, b)
    if normalization == "batchnorm":
        out, bn_cache = batchnorm_forward(out, gamma, beta, bn_param)
    elif normalization == "layernorm":
        out, bn_cache = layernorm_forward(out, gamma, beta, bn_param)
    out, relu_cache = relu_forward(out)
    if dropout_param:
        out, dropout_cache = dropout_forward(out, dropout_param)
    return out, (fc_cache, bn_cache, relu_cache, dropout_cache)


def hidden_backward(dout, cache, normalization, use_dropout):
    fc_cache, bn_cache, relu_cache, dropout_cache = cache
    dgamma, dbeta = None, None
    if use_dropout:
        dout = dropout_backward(dout, dropout_cache)
    dout = relu_backward(dout, relu_cache)
    if normalization == "batchnorm":
        dout, dgamma, dbeta = batchnorm_backward(dout, bn_cache)
    elif normalization == "layernorm":
        dout, dgamma, dbeta = layernorm_backward(dout, bn_cache)
    dx, dw, db = affine_backward(dout, fc_cache)
    return dx, dw, db, dgamma, dbeta


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
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.dtype = dtype
        self.dims = [input_dim, *hidden_dims, num_classes]
        self.params = {}
        for k in range(1, len(self.dims)):
            shape = self.dims[k - 1], self.dims[k]
            self.params[f"W{k}"] = weight_scale * np.random.standard_normal(shape)
            self.params[f"b{k}"] = np.zeros(self.dims[k])
            if normalization is not None and k < len(self.dims) - 1:
                self.params[f"gamma{k}"] = np.ones(self.dims[k])
                self.params[f"beta{k}"] = np.zeros(self.dims[k])
        self.dropout_param = {"p": dropout_keep_ratio} if self.use_dropout else {}
        if self.use_dropout and seed is not None:
            self.dropout_param["seed"] = seed
        self.bn_params = []
        if normalization == "batchnorm":
            self.bn_params = [{} for _ in hidden_dims]
        for key, value in self.params.items():
            self.params[key] = value.astype(dtype)

    def loss(self, X, y=None):
        mode = "test" if y is None else "train"
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        for bn_param in self.bn_params:
            bn_param["mode"] = mode

        x = np.array(X, dtype=self.dtype).reshape(len(X), -1)
        L = len(self.dims) - 1
        caches = [None] * (L + 1)
        for k in range(1, L):
            w, b = self.params[f"W{k}"], self.params[f"b{k}"]
            gamma, beta = self.params.get(f"gamma{k}"), self.params.get(f"beta{k}")
            bn_param = self.bn_params[k - 1] if self.bn_params else {}
            x, caches[k] = hidden_forward(
                x, w, b, gamma, beta, bn_param, self.normalization, self.dropout_param
            )
        scores, caches[L] = affine_forward(x, self.params[f"W{L}"], self.params[f"b{L}"])
        if mode == "test":
            return scores

        loss, dscores = softmax_loss(scores, y)
        grads = {}
        dout, grads[f"W{L}"], grads[f"b{L}"] = affine_backward(dscores, caches[L])
        for k in range(L - 1, 0, -1):
            dout, dw, db, dgamma, dbeta = hidden_backward(
                dout, caches[k], self.normalization, self.use_dropout
            )
            grads[f"W{k}"], grads[f"b{k}"] = dw, db
            if dgamma is not None:
                grads[f"gamma{k}"], grads[f"beta{k}"] = dgamma, dbeta
        for key, value in self.params.items():
            if key[0] == "W":
                loss += 0.5 * self.reg * np.linalg.norm(value) ** 2
                grads[key] += self.reg * value
        return float(loss), grads
