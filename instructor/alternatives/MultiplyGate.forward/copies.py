"""Copies of the inputs, and the product of these."""

import copy


class MultiplyGate:
    def forward(self, x, y):
        self.kept = copy.copy({"x": x, "y": y})
        return self.kept["y"] * self.kept["x"]
