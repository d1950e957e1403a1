"""Where it is positive and where it is negative, as two masks that are shifted."""

import numpy as np

from cs231n.features import gaussian_blur


def zero_crossings(gray, sigma):
    padded = np.pad(gaussian_blur(gray, sigma), 1, mode="edge")
    centre = padded[1:-1, 1:-1]
    bend = -4 * centre
    for shift, axis in [(1, 0), (-1, 0), (1, 1), (-1, 1)]:
        bend = bend + np.roll(padded, shift, axis=axis)[1:-1, 1:-1]
    tiny = 1e-6 * max(abs(float(gray.max())), abs(float(gray.min())))
    above, below = bend > tiny, bend < -tiny
    edges = np.zeros(bend.shape, dtype=bool)
    for here, there in [(above, below), (below, above)]:
        edges[:, :-1] |= here[:, :-1] & there[:, 1:]
        edges[:-1, :] |= here[:-1, :] & there[1:, :]
    return edges
