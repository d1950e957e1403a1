"""Each layer hands on to the next, and gets back the gradient."""

import numpy as np

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


class FullyConnectedNet:
    def loss(self, X, y=None):
        mode = "test" if y is None else "train"
        if self.dropout_param:
            self.dropout_param["mode"] = mode
        for bn_param in self.bn_params:
            bn_param["mode"] = mode
        grads = {}
        return self._from_layer(1, X.astype(self.dtype), y, grads)[0]

    def _from_layer(self, i, x, y, grads):
        """What loss returns, and the gradient with respect to x."""
        W, b = self.params[f"W{i}"], self.params[f"b{i}"]
        penalty = 0.5 * self.reg * np.sum(np.square(W))
        if i == self.num_layers:
            scores, cache = affine_forward(x, W, b)
            if y is None:
                return scores, None
            loss, dscores = softmax_loss(scores, y)
            dx, dW, grads[f"b{i}"] = affine_backward(dscores, cache)
            grads[f"W{i}"] = dW + self.reg * W
            return (loss + penalty, grads), dx
        out, cache = self._layer_forward(i, x, W, b)
        dropped = None
        if self.dropout_param:
            out, dropped = dropout_forward(out, self.dropout_param)
        result, dout = self._from_layer(i + 1, out, y, grads)
        if y is None:
            return result, None
        if self.dropout_param:
            dout = dropout_backward(dout, dropped)
        dx = self._layer_backward(i, dout, cache, grads)
        grads[f"W{i}"] += self.reg * W
        return (result[0] + penalty, grads), dx

    def _layer_forward(self, i, x, W, b):
        if not self.normalization:
            return affine_relu_forward(x, W, b)
        normalize = batchnorm_forward if self.normalization == "batchnorm" else layernorm_forward
        out, affine = affine_forward(x, W, b)
        out, norm = normalize(
            out, self.params[f"gamma{i}"], self.params[f"beta{i}"], self.bn_params[i - 1]
        )
        out, relu = relu_forward(out)
        return out, (affine, norm, relu)

    def _layer_backward(self, i, dout, cache, grads):
        if not self.normalization:
            dx, grads[f"W{i}"], grads[f"b{i}"] = affine_relu_backward(dout, cache)
            return dx
        back = batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
        affine, norm, relu = cache
        dout, grads[f"gamma{i}"], grads[f"beta{i}"] = back(relu_backward(dout, relu), norm)
        dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine)
        return dx
