"""In single precision, by a generator of its own; keeps more than is asked for."""

import numpy as np


class TwoLayerNet:
    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        random = np.random.default_rng()
        self.reg, self.weight_scale = reg, weight_scale
        self.sizes = [input_dim, hidden_dim, num_classes]
        self.params = {}
        for i in (1, 2):
            shape = tuple(self.sizes[i - 1 : i + 1])
            self.params[f"W{i}"] = weight_scale * random.standard_normal(shape, dtype=np.float32)
            self.params[f"b{i}"] = np.zeros(shape[1], dtype=np.float32)
