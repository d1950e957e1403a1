"""By randint, with W changed in place and a while loop."""

import numpy as np


class LinearClassifier:
    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        N, D = X.shape
        if self.W is None:
            self.W = np.random.normal(scale=0.001, size=(D, y.max() + 1))
        history = []
        while len(history) < num_iters:
            picks = np.random.randint(0, N, size=batch_size)
            value, gradient = self.loss(X[picks, :], y[picks], reg)
            history += [float(value)]
            self.W -= learning_rate * gradient
        return history
