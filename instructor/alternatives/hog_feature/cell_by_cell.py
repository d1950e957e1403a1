"""For one picture: a histogram of weights for each cell, in degrees, and a loop over blocks."""

import numpy as np

from cs231n.features import image_gradient, rgb2gray


def hog_feature(im):
    gray = rgb2gray(im)
    if gray.shape[0] < 16 or gray.shape[1] < 16:
        raise ValueError("too small for a block")
    gy, gx = image_gradient(gray)
    strength = np.hypot(gx, gy)
    angle = np.degrees(np.arctan2(gy, gx)) % 180
    rows, columns = gray.shape[0] // 8, gray.shape[1] // 8
    cells = np.zeros((rows, columns, 9))
    for r in range(rows):
        for c in range(columns):
            place = slice(8 * r, 8 * r + 8), slice(8 * c, 8 * c + 8)
            votes = np.histogram(angle[place], 9, range=(0, 180), weights=strength[place])
            cells[r, c] = votes[0]
    blocks = []
    for r in range(rows - 1):
        for c in range(columns - 1):
            block = cells[r : r + 2, c : c + 2].ravel()
            blocks.append(block / np.sqrt(block @ block + 1e-4))
    return np.concatenate(blocks)
