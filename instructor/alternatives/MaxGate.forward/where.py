"""A choice for each entry; the answer is written without a maximum."""

import numpy as np


class MaxGate:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.where(np.greater(x, y), x, y)
