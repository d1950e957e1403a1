"""Convolutional networks."""

import numpy as np

from cs231n.layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from cs231n.layers import affine_backward, affine_forward, softmax_loss


class ThreeLayerConvNet:
    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        C, H, W = input_dim
        pooled_dim = num_filters * (H // 2) * (W // 2)
        self.reg = reg
        self.dtype = dtype
        params = {
            "W1": weight_scale * np.random.randn(num_filters, C, filter_size, filter_size),
            "b1": np.zeros(num_filters),
            "W2": weight_scale * np.random.randn(pooled_dim, hidden_dim),
            "b2": np.zeros(hidden_dim),
            "W3": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b3": np.zeros(num_classes),
        }
        self.params = {name: w.astype(dtype) for name, w in params.items()}

    def loss(self, X, y=None):
        W1, b1, W2, b2, W3, b3 = (self.params[n] for n in ("W1", "b1", "W2", "b2", "W3", "b3"))
        conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        X = X.astype(W1.dtype)
        maps, maps_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        hidden, hidden_cache = affine_relu_forward(maps, W2, b2)
        scores, scores_cache = affine_forward(hidden, W3, b3)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum(np.sum(W * W) for W in (W1, W2, W3))
        dhidden, dW3, db3 = affine_backward(dscores, scores_cache)
        dmaps, dW2, db2 = affine_relu_backward(dhidden, hidden_cache)
        _, dW1, db1 = conv_relu_pool_backward(dmaps, maps_cache, needs_dx=False)
        dW1 += self.reg * W1
        dW2 += self.reg * W2
        dW3 += self.reg * W3
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
