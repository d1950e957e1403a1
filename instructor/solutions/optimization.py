"""Optimization."""

import numpy as np


def random_search(loss, shape, num_tries, scale=1e-3):
    best_W, best_loss = None, np.inf
    for _ in range(num_tries):
        W = scale * np.random.randn(*shape)
        value = loss(W)
        if best_W is None or value < best_loss:
            best_W, best_loss = W, value
    return best_W, best_loss


def random_local_search(loss, W, num_tries, step_size=1e-3):
    W = np.array(W)
    value = loss(W)
    for _ in range(num_tries):
        trial = W + step_size * np.random.randn(*W.shape)
        trial_value = loss(trial)
        if trial_value < value:
            W, value = trial, trial_value
    return W, value


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        x[index] = old
        gradient[index] = (above - below) / (2 * h)
    return gradient


def gradient_descent(loss_and_gradient, W, learning_rate, num_steps):
    W, losses = np.array(W), []
    for _ in range(num_steps):
        loss, gradient = loss_and_gradient(W)
        losses.append(loss)
        W = W - learning_rate * gradient
    return W, losses


def l1_penalty(W, strength):
    return strength * np.sum(np.abs(W)), strength * np.sign(W)


def l2_penalty(W, strength):
    return strength * np.sum(W * W), 2 * strength * W


def elastic_net_penalty(W, l1, l2):
    value1, gradient1 = l1_penalty(W, l1)
    value2, gradient2 = l2_penalty(W, l2)
    return value1 + value2, gradient1 + gradient2
