"""Histograms of oriented gradients, drawn as stars of lines."""

import matplotlib.pyplot as plt
import numpy as np

CELL, BINS = 8, 9


def show_hog(pictures, features):
    """Shows pictures above, and below them their features as a star of lines for each cell.

    pictures: list of (H, W, 3) uint8. features: list of what hog_feature says of each.
    """
    _, axes = plt.subplots(2, len(pictures), figsize=(2.4 * len(pictures), 5), squeeze=False)
    for above, below, picture, feature in zip(*axes, pictures, features, strict=True):
        above.imshow(picture)
        draw_stars(below, cells_of(feature, picture.shape))
        for ax in (above, below):
            ax.set_axis_off()
    plt.show()


def cells_of(features, shape):
    """The histograms of the cells: the mean of each over the blocks that it belongs to.

    features: (36 * (rows - 1) * (columns - 1),). shape: of the picture, (H, W, …). Returns
    (rows, columns, 9) for rows x columns cells.
    """
    rows, columns = shape[0] // CELL, shape[1] // CELL
    blocks = np.reshape(features, (rows - 1, columns - 1, 2, 2, BINS))
    total, count = np.zeros((rows, columns, BINS)), np.zeros((rows, columns, 1))
    for i, j in np.ndindex(2, 2):
        place = slice(i, rows - 1 + i), slice(j, columns - 1 + j)
        total[place] += blocks[:, :, i, j]
        count[place] += 1
    return total / count


def draw_stars(ax, cells):
    """Draws each cell (of (rows, columns, 9)) as lines along its edges, the longer the more."""
    rows, columns, _ = cells.shape
    angles = np.radians(20 * np.arange(BINS) + 10)  # of the gradient, in the middle of a bin
    # y points down. The edge runs across the gradient.
    along = np.column_stack([-np.sin(angles), np.cos(angles)])
    longest = max(cells.max(), 1e-9)
    for (r, c), _ in np.ndenumerate(cells[..., 0]):
        for (x, y), value in zip(along, cells[r, c] / longest, strict=True):
            xs, ys = c + 0.48 * value * np.array([-x, x]), r + 0.48 * value * np.array([-y, y])
            ax.plot(xs, ys, color="white", linewidth=1.6, alpha=0.25 + 0.75 * value)
    ax.add_patch(plt.Rectangle((-0.5, -0.5), columns, rows, color="black", zorder=0))
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), aspect="equal")
