"""Zeros, and upstream written in where an input won."""

import numpy as np


class MaxGate:
    def forward(self, x, y):
        self.out, self.x = np.maximum(x, y), x
        return self.out

    def backward(self, upstream):
        dx = np.zeros(np.shape(upstream))
        won = np.equal(self.out, self.x)
        np.copyto(dx, upstream, where=won)
        return dx, upstream - dx
