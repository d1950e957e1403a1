"""A cache, as a layer has one."""

import numpy as np


class MultiplyGate:
    def forward(self, x, y):
        self.cache = (x, y)
        return np.multiply(x, y)
