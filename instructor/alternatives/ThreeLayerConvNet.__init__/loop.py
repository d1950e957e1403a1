"""A loop over the layers, with numpy's newer generator."""

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
        C, H, W = input_dim
        rng = np.random.default_rng(0)
        shapes = [
            (num_filters, C, filter_size, filter_size),
            (num_filters * (H // 2) * (W // 2), hidden_dim),
            (hidden_dim, num_classes),
        ]
        outputs = (num_filters, hidden_dim, num_classes)
        self.reg, self.params = reg, {}
        for i, (shape, n) in enumerate(zip(shapes, outputs, strict=True), start=1):
            self.params[f"W{i}"] = rng.normal(scale=weight_scale, size=shape)
            self.params[f"b{i}"] = np.zeros(n)
