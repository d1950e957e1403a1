"""The maximum of a list of two, as of any number of inputs."""

import numpy as np


class MaxGate:
    def forward(self, x, y):
        self.mask = np.asarray(x) >= np.asarray(y)
        return np.maximum.reduce([x, y])
