"""Keeps its inputs in a list, and adds up what is in it."""


class AddGate:
    def forward(self, x, y):
        self.inputs = [x, y]
        return sum(self.inputs[1:], self.inputs[0])
