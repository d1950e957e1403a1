"""Each pixel has the number of its cell and bin, and one count with weights does all."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cs231n.features import image_gradient, rgb2gray


def hog_feature(im):
    gray = rgb2gray(im)
    rows, columns = (size // 8 for size in gray.shape)
    if rows < 2 or columns < 2:
        raise ValueError(f"16 x 16 pixels are needed, there are {gray.shape}")
    gy, gx = (g[: 8 * rows, : 8 * columns] for g in image_gradient(gray))
    angle = np.arctan2(gy, gx)
    angle = np.where(angle < 0, angle + np.pi, angle)
    angle = np.where(angle >= np.pi, 0, angle)
    bins = np.clip(np.floor(angle / np.radians(20)), 0, 8).astype(int)
    i, j = np.indices(gy.shape) // 8
    number = (i * columns + j) * 9 + bins
    length = np.sqrt(gx * gx + gy * gy)
    cells = np.bincount(number.ravel(), length.ravel(), minlength=rows * columns * 9)
    windows = sliding_window_view(cells.reshape(rows, columns, 9), (2, 2), axis=(0, 1))
    blocks = windows.transpose(0, 1, 3, 4, 2).reshape(-1, 36)
    return (blocks / (np.linalg.norm(blocks, axis=1, keepdims=True) ** 2 + 1e-4) ** 0.5).ravel()
