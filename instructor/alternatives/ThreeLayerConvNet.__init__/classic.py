"""Name by name, with np.random.normal."""

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
    ):
        self.params = {}
        self.reg = reg
        C, H, W = input_dim
        size = (num_filters, C, filter_size, filter_size)
        self.params["W1"] = np.random.normal(0, weight_scale, size)
        self.params["b1"] = np.zeros(num_filters)
        size = (num_filters * H * W // 4, hidden_dim)
        self.params["W2"] = np.random.normal(0.0, weight_scale, size)
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = np.random.normal(0.0, weight_scale, (hidden_dim, num_classes))
        self.params["b3"] = np.zeros(num_classes)
