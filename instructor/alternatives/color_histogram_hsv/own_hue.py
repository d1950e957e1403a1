"""The hue worked out by hand, and a count of bin numbers."""

import numpy as np


def color_histogram_hsv(im, nbin=10, xmin=0, xmax=255, normalized=True):
    red, green, blue = np.moveaxis(im.astype(float), -1, 0)
    high, low = im.max(axis=-1).astype(float), im.min(axis=-1).astype(float)
    span = np.where(high > low, high - low, 1)
    hue = np.where(
        high == red,
        (green - blue) / span % 6,
        np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4),
    )
    hue = np.where(high > low, hue / 6, 0) * xmax
    number = np.floor((hue - xmin) / (xmax - xmin) * nbin).astype(int)
    counts = np.bincount(number[number >= 0].ravel(), minlength=nbin)
    total = counts.sum() if normalized else 1
    return counts / (total or 1)
