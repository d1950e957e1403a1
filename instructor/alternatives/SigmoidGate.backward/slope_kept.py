"""forward keeps the slope; a list of one is as good as a tuple of one."""

import numpy as np


class SigmoidGate:
    def forward(self, x):
        s = 1 / (1 + np.exp(-x))
        self.slope = s - s**2
        return s

    def backward(self, upstream):
        return [self.slope * upstream]
