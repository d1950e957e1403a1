"""A loop over centres for the distances; it ends when nothing moves any more."""

import numpy as np


def kmeans(x, k, num_iters, seed):
    random = np.random.RandomState(seed)
    centers = x[random.choice(x.shape[0], size=k, replace=False)].copy()
    for _ in range(num_iters):
        distances = np.empty((len(x), k))
        for j in range(k):
            distances[:, j] = np.linalg.norm(x - centers[j], axis=1)
        nearest = distances.argmin(axis=1)
        new = centers.copy()
        for j in np.unique(nearest):
            new[j] = x[nearest == j].mean(axis=0)
        if np.array_equal(new, centers):
            break
        centers = new
    return centers
