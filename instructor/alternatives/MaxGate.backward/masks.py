"""Products with a mask of ones and zeros, made from inputs that forward kept."""

import numpy as np


class MaxGate:
    def forward(self, x, y):
        self.inputs = x, y
        return np.maximum(x, y)

    def backward(self, upstream):
        x, y = self.inputs
        mask = np.where(x >= y, 1.0, 0.0)
        return upstream * mask, upstream * (1 - mask)
