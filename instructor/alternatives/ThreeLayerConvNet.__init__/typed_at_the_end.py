"""Types at the end, the pooled size by the pool's formula."""

import numpy as np


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
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        pooled = num_filters * (1 + (H - 2) // 2) * (1 + (W - 2) // 2)
        self.params = {
            "W1": np.random.randn(num_filters, C, filter_size, filter_size) * weight_scale,
            "W2": np.random.randn(pooled, hidden_dim) * weight_scale,
            "W3": np.random.randn(hidden_dim, num_classes) * weight_scale,
            "b1": np.zeros((num_filters,)),
            "b2": np.zeros((hidden_dim,)),
            "b3": np.zeros((num_classes,)),
        }
        for k, v in self.params.items():
            self.params[k] = v.astype(self.dtype)
