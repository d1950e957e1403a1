"""numpy's function for it, and the output kept."""

import numpy as np


class AddGate:
    def forward(self, x, y):
        self.out = np.add(x, y)
        return self.out
