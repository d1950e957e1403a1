"""Each cell as a slice, counted by bincount."""

import numpy as np


def spatial_pyramid(words, num_words, levels):
    H, W = words.shape
    L = levels - 1
    parts = []
    for level in range(levels):
        weight = 1 / 2**L if level == 0 else 1 / 2 ** (L - level + 1)
        n = 2**level
        for r in range(n):
            for c in range(n):
                cell = words[r * H // n : (r + 1) * H // n, c * W // n : (c + 1) * W // n]
                parts.append(weight * np.bincount(cell.ravel(), minlength=num_words))
    return np.concatenate(parts) / words.size
