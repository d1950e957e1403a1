"""Whole stacks of pictures, with sums by einsum."""

import numpy as np

from cs231n.features import image_gradient, rgb2gray


def hog_feature(im):
    gray = rgb2gray(im)
    *lead, height, width = gray.shape
    if min(height, width) < 16:
        raise ValueError("the picture is smaller than a block")
    gy, gx = image_gradient(gray)
    is_bin = np.arctan2(gy, gx)[..., None] % np.pi // (np.pi / 9) == np.arange(9)
    is_bin[..., 8] |= ~is_bin.any(axis=-1)
    votes = is_bin * np.sqrt(gx**2 + gy**2)[..., None]
    rows, columns = height // 8, width // 8
    votes = votes[..., : rows * 8, : columns * 8, :].reshape(*lead, rows, 8, columns, 8, 9)
    cells = np.einsum("...iajbk->...ijk", votes)
    pairs = np.concatenate([cells[..., :-1, :], cells[..., 1:, :]], axis=-1)
    blocks = np.concatenate([pairs[..., :-1, :, :], pairs[..., 1:, :, :]], axis=-1)
    squares = np.einsum("...k,...k->...", blocks, blocks)
    return (blocks / np.sqrt(squares + 1e-4)[..., None]).reshape(*lead, -1)
