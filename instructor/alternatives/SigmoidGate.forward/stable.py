"""The form that suits the sign of x: no exponential of a large number anywhere."""

import numpy as np


class SigmoidGate:
    def forward(self, x):
        small = np.exp(-np.abs(x))
        self.out = np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
        return self.out
