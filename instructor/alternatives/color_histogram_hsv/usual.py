"""A density times the width of its bins, as it is usually written."""

import numpy as np
from matplotlib.colors import rgb_to_hsv


def color_histogram_hsv(im, nbin=10, xmin=0, xmax=255, normalized=True):
    bins = np.linspace(xmin, xmax, nbin + 1)
    hue = rgb_to_hsv(im / xmax)[:, :, 0] * xmax
    if normalized and not (hue >= xmin).any():
        return np.zeros(nbin)
    histogram, edges = np.histogram(hue, bins=bins, density=normalized)
    return histogram * np.diff(edges) if normalized else histogram
