"""All parameters are views of one array."""

import numpy as np


class TwoLayerNet:
    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        first, second = input_dim * hidden_dim, hidden_dim * num_classes
        numbers = np.random.normal(scale=weight_scale, size=first + second)
        zeros = np.full(hidden_dim + num_classes, 0.0)
        self.params = {
            "W1": numbers[:first].reshape(input_dim, hidden_dim),
            "W2": numbers[first:].reshape(hidden_dim, num_classes),
            "b1": zeros[:hidden_dim],
            "b2": zeros[hidden_dim:],
        }
        self.reg = float(reg)
