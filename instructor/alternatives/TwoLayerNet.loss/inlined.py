"""All the mathematics in place: none of the layers is called."""

import numpy as np


class TwoLayerNet:
    def loss(self, X, y=None):
        W1, b1, W2, b2 = map(self.params.get, ("W1", "b1", "W2", "b2"))
        N = X.shape[0]
        rows = X.reshape(N, -1)
        hidden = np.maximum(0, rows.dot(W1) + b1)
        scores = hidden.dot(W2) + b2
        if y is None:
            return scores
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        loss = -np.log(probabilities[range(N), y]).sum() / N
        loss += 0.5 * self.reg * ((W1**2).sum() + (W2**2).sum())
        dscores = probabilities
        dscores[range(N), y] -= 1
        dscores /= N
        dhidden = dscores.dot(W2.T)
        dhidden[hidden <= 0] = 0
        return loss, {
            "W1": rows.T.dot(dhidden) + self.reg * W1,
            "b1": dhidden.sum(axis=0),
            "W2": hidden.T.dot(dscores) + self.reg * W2,
            "b2": dscores.sum(axis=0),
        }
