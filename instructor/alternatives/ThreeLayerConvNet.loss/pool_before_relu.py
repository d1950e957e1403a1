"""Layer by layer, the pool before the relu: of the largest number it is the same."""

import numpy as np

from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from cs231n.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)


class ThreeLayerConvNet:
    def loss(self, X, y=None):
        p = self.params
        pad = p["W1"].shape[-1] // 2
        maps, conv_cache = conv_forward_fast(X, p["W1"], p["b1"], {"stride": 1, "pad": pad})
        small, pool_cache = max_pool_forward_fast(
            maps, {"pool_height": 2, "pool_width": 2, "stride": 2}
        )
        small, relu1_cache = relu_forward(small)
        rows, affine1_cache = affine_forward(small, p["W2"], p["b2"])
        hidden, relu2_cache = relu_forward(rows)
        scores, affine2_cache = affine_forward(hidden, p["W3"], p["b3"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads["W3"], grads["b3"] = affine_backward(d, affine2_cache)
        d, grads["W2"], grads["b2"] = affine_backward(relu_backward(d, relu2_cache), affine1_cache)
        d = max_pool_backward_fast(relu_backward(d, relu1_cache), pool_cache)
        _, grads["W1"], grads["b1"] = conv_backward_fast(d, conv_cache)
        for name in ("W1", "W2", "W3"):
            loss += 0.5 * self.reg * np.linalg.norm(p[name]) ** 2
            grads[name] = grads[name] + self.reg * p[name]
        return loss, grads
