"""Features by hand."""

from itertools import pairwise

import numpy as np
from matplotlib.colors import rgb_to_hsv

from cs231n.features import gaussian_blur, rgb2gray


def image_gradient(gray):
    gray = 1.0 * gray
    gy, gx = np.zeros_like(gray), np.zeros_like(gray)
    if gray.shape[-2] > 1:
        gy[..., 1:-1, :] = (gray[..., 2:, :] - gray[..., :-2, :]) / 2
        gy[..., 0, :] = gray[..., 1, :] - gray[..., 0, :]
        gy[..., -1, :] = gray[..., -1, :] - gray[..., -2, :]
    if gray.shape[-1] > 1:
        gx[..., 1:-1] = (gray[..., 2:] - gray[..., :-2]) / 2
        gx[..., 0] = gray[..., 1] - gray[..., 0]
        gx[..., -1] = gray[..., -1] - gray[..., -2]
    return gy, gx


def zero_crossings(gray, sigma):
    blurred = gaussian_blur(gray, sigma)
    around = [(0, 0)] * (gray.ndim - 2) + [(1, 1), (1, 1)]
    s = np.pad(blurred, around, mode="edge")
    up, down = s[..., :-2, 1:-1], s[..., 2:, 1:-1]
    left, right = s[..., 1:-1, :-2], s[..., 1:-1, 2:]
    bend = up + down + left + right - 4 * blurred
    tiny = 1e-6 * np.abs(gray.astype(float)).max(axis=(-2, -1), keepdims=True)
    sign = np.where(np.abs(bend) > tiny, np.sign(bend), 0)
    edges = np.zeros(gray.shape, dtype=bool)
    edges[..., :, :-1] |= sign[..., :, :-1] * sign[..., :, 1:] < 0
    edges[..., :-1, :] |= sign[..., :-1, :] * sign[..., 1:, :] < 0
    return edges


def hog_feature(im):
    gray = rgb2gray(im)
    rows, columns = gray.shape[-2] // 8, gray.shape[-1] // 8
    if min(rows, columns) < 2:
        raise ValueError(f"the picture is {gray.shape[-2:]}, at least (16, 16) is needed")
    gy, gx = image_gradient(gray)
    strength = np.sqrt(gx**2 + gy**2)
    direction = np.arctan2(gy, gx) % np.pi
    bins = np.minimum(direction * (9 / np.pi), 8).astype(int)
    votes = [np.where(bins == b, strength, 0) for b in range(9)]
    pixels = np.stack(votes, axis=-1)[..., : 8 * rows, : 8 * columns, :]
    cells = pixels.reshape(*gray.shape[:-2], rows, 8, columns, 8, 9).sum(axis=(-4, -2))
    above, below = cells[..., :-1, :, :], cells[..., 1:, :, :]
    parts = [part[..., s, :] for part in (above, below) for s in (slice(-1), slice(1, None))]
    blocks = np.concatenate(parts, axis=-1)
    blocks = blocks / np.sqrt(np.sum(blocks**2, axis=-1, keepdims=True) + 0.01**2)
    return blocks.reshape(*gray.shape[:-2], -1)


def color_histogram_hsv(im, nbin=10, xmin=0, xmax=255, normalized=True):
    hue = rgb_to_hsv(im / xmax)[..., 0] * xmax
    borders = np.linspace(xmin, xmax, nbin + 1)
    inside = [(hue >= low) & (hue < high) for low, high in pairwise(borders)]
    counts = np.stack([each.sum(axis=(-2, -1)) for each in inside], axis=-1)
    if not normalized:
        return counts
    return counts / np.maximum(1, counts.sum(axis=-1, keepdims=True))


def kmeans(x, k, num_iters, seed):
    centers = x[np.random.RandomState(seed).choice(len(x), k, replace=False)]
    for _ in range(num_iters):
        # |x - c|^2 less |x|^2, which is the same for all centres.
        nearest = (np.sum(centers**2, axis=1) - 2 * x @ centers.T).argmin(axis=1)
        for j in range(k):
            own = x[nearest == j]
            if len(own):
                centers[j] = own.mean(axis=0)
    return centers


def spatial_pyramid(words, num_words, levels):
    height, width = words.shape[-2:]
    stands = words[..., None] == np.arange(num_words)
    histograms = []
    for level in range(levels):
        n = 2**level
        weight = 0.5 ** (levels - max(level, 1))
        for r in range(n):
            for c in range(n):
                rows = slice(r * height // n, (r + 1) * height // n)
                columns = slice(c * width // n, (c + 1) * width // n)
                counts = stands[..., rows, columns, :].sum(axis=(-3, -2))
                histograms.append(weight * counts / (height * width))
    return np.concatenate(histograms, axis=-1)
