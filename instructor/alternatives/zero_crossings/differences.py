"""The Laplacian as differences of differences; signs compared as numbers."""

import numpy as np

from cs231n.features import gaussian_blur


def zero_crossings(gray, sigma):
    s = gaussian_blur(gray.astype(float), sigma)
    bend = np.zeros(s.shape)
    for axis in (0, 1):
        last = [s.take([-1], axis=axis)]
        first = [s.take([0], axis=axis)]
        bend += np.diff(np.concatenate([*first, s, *last], axis=axis), n=2, axis=axis)
    limit = abs(gray.astype(float)).max() / 1e6
    sign = (bend > limit).astype(int) - (bend < -limit)
    edges = np.zeros(s.shape, bool)
    edges[:, :-1] = abs(np.diff(sign, axis=1)) == 2
    edges[:-1] |= abs(np.diff(sign, axis=0)) == 2
    return edges
