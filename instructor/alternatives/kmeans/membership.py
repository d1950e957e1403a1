"""Members as a matrix of 0 and 1, whose product with the examples is their sum; by permutation."""

import numpy as np


def kmeans(x, k, num_iters, seed):
    centers = x[np.random.default_rng(seed).permutation(len(x))[:k]]
    for _ in range(num_iters):
        squares = np.square(x).sum(axis=1, keepdims=True) + np.square(centers).sum(axis=1)
        nearest = np.argmin(squares - 2 * np.dot(x, centers.T), axis=1)
        member = (nearest[:, None] == np.arange(k)).astype(x.dtype)
        count = member.sum(axis=0)[:, None]
        means = member.T @ x / np.maximum(count, 1)
        centers = np.where(count > 0, means, centers)
    return centers
