"""Gates and graphs."""

import numpy as np


class AddGate:
    def forward(self, x, y):
        return x + y

    def backward(self, upstream):
        return upstream, upstream


class MultiplyGate:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, upstream):
        return upstream * self.y, upstream * self.x


class MaxGate:
    def forward(self, x, y):
        self.first_wins = x >= y
        return np.maximum(x, y)

    def backward(self, upstream):
        return np.where(self.first_wins, upstream, 0), np.where(self.first_wins, 0, upstream)


class SigmoidGate:
    def forward(self, x):
        self.value = 1 / (1 + np.exp(-x))
        return self.value

    def backward(self, upstream):
        return (upstream * self.value * (1 - self.value),)


class Graph:
    def order(self):
        order, waiting = [], dict(self.inputs)
        while waiting:
            ready = [name for name, inputs in waiting.items() if set(inputs) <= set(order)]
            if not ready:
                raise ValueError(f"a cycle, or an input that was never added: {waiting}")
            order.append(ready[0])
            del waiting[ready[0]]
        return order

    def forward(self, **values):
        wanted = {name for name, gate in self.gates.items() if gate is None}
        if set(values) != wanted:
            raise ValueError(f"values are wanted for {wanted}, and given for {set(values)}")
        order, self.values = self.order(), values
        for name in order:
            if self.gates[name] is not None:
                inputs = [values[source] for source in self.inputs[name]]
                values[name] = self.gates[name].forward(*inputs)
        return values[order[-1]]

    def backward(self):
        if not self.values:
            raise ValueError("there are no values: call forward first")
        order = self.order()
        gradients = {name: np.zeros(np.shape(self.values[name])) for name in order}
        gradients[order[-1]] = np.ones(np.shape(self.values[order[-1]]))
        for name in reversed(order):
            if self.gates[name] is not None:
                shares = self.gates[name].backward(gradients[name])
                for source, share in zip(self.inputs[name], shares, strict=True):
                    gradients[source] = gradients[source] + share
        return gradients


def numerical_jacobian(f, x, h=1e-5):
    columns = []
    for j in range(len(x)):
        step = np.zeros_like(x)
        step[j] = h
        columns.append((f(x + step) - f(x - step)) / (2 * h))
    return np.stack(columns, axis=1)


def matmul_backward(dout, x, w):
    return dout @ w.T, x.T @ dout


def squared_norm_of_product(W, x):
    q = W @ x
    dq = 2 * q
    return q @ q, np.outer(dq, x), W.T @ dq
