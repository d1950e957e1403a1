"""numpy's histogram, for one picture."""

import numpy as np
from matplotlib.colors import rgb_to_hsv


def color_histogram_hsv(im, nbin=10, xmin=0, xmax=255, normalized=True):
    bins = np.linspace(xmin, xmax, nbin + 1)
    hsv = rgb_to_hsv(im / xmax) * xmax
    counts, _ = np.histogram(hsv[:, :, 0], bins=bins)
    return counts / max(counts.sum(), 1) if normalized else counts
