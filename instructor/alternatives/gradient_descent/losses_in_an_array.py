"""The losses in an array that is made beforehand."""

import numpy as np


def gradient_descent(loss_and_gradient, W, learning_rate, num_steps):
    losses = np.zeros(num_steps)
    W = 1.0 * W
    for t in range(num_steps):
        losses[t], dW = loss_and_gradient(W)
        W = W + (-learning_rate) * dW
    return W, losses.tolist()
