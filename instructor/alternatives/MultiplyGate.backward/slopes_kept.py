"""forward keeps the slopes, under the names of what they are slopes for."""


class MultiplyGate:
    def forward(self, x, y):
        self.slopes = {"x": y, "y": x}
        return x * y

    def backward(self, upstream):
        return tuple(slope * upstream for slope in self.slopes.values())
