"""Activation functions."""

import numpy as np


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    x = cache
    return dout * (x > 0)


def sigmoid_forward(x):
    small = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1, small) / (1 + small)
    return out, out


def sigmoid_backward(dout, cache):
    out = cache
    return dout * out * (1 - out)


def tanh_forward(x):
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    out = cache
    return dout * (1 - out**2)


def leaky_relu_forward(x, slope=0.01):
    return np.where(x > 0, x, slope * x), (x, slope)


def leaky_relu_backward(dout, cache):
    x, slope = cache
    return np.where(x > 0, dout, slope * dout)


def prelu_forward(x, slope):
    return np.where(x > 0, x, slope * x), (x, slope)


def prelu_backward(dout, cache):
    x, slope = cache
    dx = np.where(x > 0, dout, slope * dout)
    dslope = np.sum(dout * np.minimum(x, 0))
    return dx, dslope.reshape(1)


def elu_forward(x, alpha=1.0):
    out = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)


def elu_backward(dout, cache):
    x, out, alpha = cache
    return dout * np.where(x > 0, 1, out + alpha)


def maxout_forward(x, w, b):
    pieces = x @ w + b[:, np.newaxis]
    winner = pieces.argmax(axis=0)
    return pieces.max(axis=0), (x, w, winner)


def maxout_backward(dout, cache):
    x, w, winner = cache
    K = len(w)
    won = winner == np.arange(K)[:, np.newaxis, np.newaxis]
    dpieces = dout * won
    dx = np.sum(dpieces @ w.transpose(0, 2, 1), axis=0)
    dw = x.T @ dpieces
    db = dpieces.sum(axis=1)
    return dx, dw, db
