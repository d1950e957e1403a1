"""Caches in a dict by the number of the layer; backward counts down."""

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


class FullyConnectedNet:
    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        use_dropout = bool(self.dropout_param)
        if use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode

        scores = None
        caches = {}
        out = X
        for i in range(1, self.num_layers):
            W, b = self.params["W" + str(i)], self.params["b" + str(i)]
            out, caches["fc" + str(i)] = affine_forward(out, W, b)
            if self.normalization == "batchnorm":
                gamma, beta = self.params["gamma" + str(i)], self.params["beta" + str(i)]
                out, caches["norm" + str(i)] = batchnorm_forward(
                    out, gamma, beta, self.bn_params[i - 1]
                )
            elif self.normalization == "layernorm":
                gamma, beta = self.params["gamma" + str(i)], self.params["beta" + str(i)]
                out, caches["norm" + str(i)] = layernorm_forward(
                    out, gamma, beta, self.bn_params[i - 1]
                )
            out, caches["relu" + str(i)] = relu_forward(out)
            if use_dropout:
                out, caches["drop" + str(i)] = dropout_forward(out, self.dropout_param)
        L = str(self.num_layers)
        scores, caches["fc" + L] = affine_forward(out, self.params["W" + L], self.params["b" + L])

        if mode == "test":
            return scores

        loss, grads = 0.0, {}
        loss, dout = softmax_loss(scores, y)
        for i in range(self.num_layers):
            W = self.params["W" + str(i + 1)]
            loss += 0.5 * self.reg * np.sum(W * W)
        for i in range(self.num_layers, 0, -1):
            if i < self.num_layers:
                if use_dropout:
                    dout = dropout_backward(dout, caches["drop" + str(i)])
                dout = relu_backward(dout, caches["relu" + str(i)])
                if self.normalization == "batchnorm":
                    dout, dgamma, dbeta = batchnorm_backward(dout, caches["norm" + str(i)])
                    grads["gamma" + str(i)], grads["beta" + str(i)] = dgamma, dbeta
                elif self.normalization == "layernorm":
                    dout, dgamma, dbeta = layernorm_backward(dout, caches["norm" + str(i)])
                    grads["gamma" + str(i)], grads["beta" + str(i)] = dgamma, dbeta
            dout, dw, db = affine_backward(dout, caches["fc" + str(i)])
            grads["W" + str(i)] = dw + self.reg * self.params["W" + str(i)]
            grads["b" + str(i)] = db

        return loss, grads
