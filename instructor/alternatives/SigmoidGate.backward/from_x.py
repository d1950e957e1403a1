"""The slope from x, as a product of two exponentials' shares."""

import numpy as np


class SigmoidGate:
    def forward(self, x):
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, upstream):
        rising, falling = 1 / (1 + np.exp(-self.x)), 1 / (1 + np.exp(self.x))
        return (upstream * rising * falling,)
