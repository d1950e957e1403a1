"""Examples are taken in order, round and round.

Says: draws differ
"""

import numpy as np


class LinearClassifier:
    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        if self.W is None:
            self.W = 0.001 * np.random.randn(X.shape[1], np.max(y) + 1)
        losses = []
        for t in range(num_iters):
            batch = np.arange(t * batch_size, (t + 1) * batch_size) % len(X)
            loss, dW = self.loss(X[batch], y[batch], reg)
            losses.append(loss)
            self.W = self.W - learning_rate * dW
        return losses
