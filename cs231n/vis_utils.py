"""Pictures side by side, for the notebooks."""

import matplotlib.pyplot as plt
import numpy as np

TITLE_HEIGHT = 0.22  # inches


def show_images(images, titles=(), columns=10, size=0.9):
    """Shows images in a grid, row by row, each under its title.

    images: (N, H, W, 3) or (N, H, W), uint8 in 0..255 or floats in 0..1. titles: up to N strings.
    columns: images in a row. size: inches an image.
    """
    rows = int(np.ceil(len(images) / columns))
    titled_rows = int(np.ceil(len(titles) / columns))
    height = rows * size + titled_rows * TITLE_HEIGHT
    _, axes = plt.subplots(rows, columns, figsize=(columns * size, height), squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, image in zip(axes.flat, images, strict=False):
        ax.imshow(image, vmin=0, vmax=255 if image.dtype == np.uint8 else 1)
    for ax, title in zip(axes.flat, titles, strict=False):
        ax.set_title(title, fontsize=8)
    plt.show()
