"""Each step forward leaves behind a function that goes back."""

from functools import partial

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
        mode = {"mode": "train" if y is not None else "test"}
        for settings in self.bn_params:
            settings.update(mode)
        if self.dropout_param:
            self.dropout_param.update(mode)
        p, depth = self.params, self.num_layers
        way_back = []

        def go(names, forward, backward, x, *settings):
            out, cache = forward(x, *(p[name] for name in names), *settings)
            way_back.append((names, partial(backward, cache=cache)))
            return out

        x = np.asarray(X, dtype=self.dtype)
        for i in range(1, depth + 1):
            x = go((f"W{i}", f"b{i}"), affine_forward, affine_backward, x)
            if i == depth:
                break
            if self.normalization is not None:
                pair = {
                    "batchnorm": (batchnorm_forward, batchnorm_backward),
                    "layernorm": (layernorm_forward, layernorm_backward),
                }[self.normalization]
                x = go((f"gamma{i}", f"beta{i}"), *pair, x, self.bn_params[i - 1])
            x = go((), relu_forward, relu_backward, x)
            if self.dropout_param:
                x = go((), dropout_forward, dropout_backward, x, self.dropout_param)
        if y is None:
            return x
        loss, upstream = softmax_loss(x, y)
        grads = {}
        for names, back in reversed(way_back):
            result = back(upstream)
            upstream, *rest = result if names else (result,)
            grads.update(zip(names, rest, strict=True))
        weights = [name for name in p if name.startswith("W")]
        loss = loss + 0.5 * self.reg * sum(np.sum(p[name] ** 2) for name in weights)
        for name in weights:
            grads[name] = grads[name] + self.reg * p[name]
        return loss, grads
