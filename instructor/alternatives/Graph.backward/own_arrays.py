"""Adds in place, to arrays that are nobody else's."""

import numpy as np


class Graph:
    def backward(self):
        if not self.values:
            raise ValueError("backward before forward")
        self.gradients = {name: np.zeros_like(v, dtype=float) for name, v in self.values.items()}
        order = self.order()
        self.gradients[order[-1]] += 1
        for name in order[::-1]:
            gate = self.gates[name]
            if gate is None:
                continue
            for i, share in enumerate(gate.backward(self.gradients[name].copy())):
                self.gradients[self.inputs[name][i]] += share
        return self.gradients
