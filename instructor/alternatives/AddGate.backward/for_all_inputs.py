"""A gradient for each input, however many there were: forward remembers their number."""


class AddGate:
    def forward(self, x, y):
        self.count = len([x, y])
        return x + y

    def backward(self, upstream):
        return (upstream,) * self.count
