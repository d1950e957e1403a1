"""Copies, each with memory of its own, and kept on the gate."""

import numpy as np


class AddGate:
    def backward(self, upstream):
        self.dx, self.dy = np.array(upstream), np.array(upstream)
        return self.dx, self.dy
