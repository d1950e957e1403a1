"""Each place has the number of its cell and word, and each level is counted at once."""

import numpy as np


def spatial_pyramid(words, num_words, levels):
    height, width = words.shape
    histograms = []
    for level in range(levels):
        n = 2**level
        # The last row of a cell r has (row + 1) * n - 1 at most r * height + height - 1.
        row = ((np.arange(height) + 1) * n - 1) // height
        column = ((np.arange(width) + 1) * n - 1) // width
        number = (row[:, None] * n + column) * num_words + words
        counts = np.bincount(number.reshape(-1), minlength=n * n * num_words)
        histograms.append(counts * 2.0 ** (max(level, 1) - levels) / (height * width))
    return np.hstack(histograms)
