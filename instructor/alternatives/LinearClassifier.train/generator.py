"""By a generator of its own, with take and a comprehension."""

import numpy as np


class LinearClassifier:
    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        random = np.random.default_rng()
        if self.W is None:
            self.W = 1e-3 * random.standard_normal((X.shape[1], int(y.max()) + 1))

        def step():
            indices = random.integers(len(X), size=batch_size)
            loss, dW = self.loss(X.take(indices, axis=0), y.take(indices), reg)
            self.W = self.W - learning_rate * dW
            return loss

        return np.array([step() for _ in range(num_iters)])
