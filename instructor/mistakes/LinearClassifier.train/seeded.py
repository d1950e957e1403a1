"""Each training draws the same minibatches.

Says: draws differ
"""

import numpy as np


class LinearClassifier:
    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        np.random.seed(0)
        if self.W is None:
            self.W = 0.001 * np.random.randn(X.shape[1], np.max(y) + 1)
        losses = []
        for _ in range(num_iters):
            batch = np.random.choice(len(X), batch_size)
            loss, dW = self.loss(X[batch], y[batch], reg)
            losses.append(loss)
            self.W = self.W - learning_rate * dW
        return losses
