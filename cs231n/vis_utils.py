"""Pictures side by side, regions in the plane, and how a training went, for the notebooks."""

import matplotlib.pyplot as plt
import numpy as np

TITLE_HEIGHT = 0.22  # inches a line
REGION_STEPS = 200  # places across and up
# What notebooks 01, 03, 06, 07 reach on test images: `python -m benchmarks.notebooks` measures it.
FIRST_STEPS = {
    "CIFAR-10": {
        "guessing": 0.1,
        "nearest neighbours": 0.26,
        "linear": 0.39,
        "two layers": 0.55,
        "linear on features": 0.58,
        "two layers on features": 0.68,
    },
    "shapes10": {
        "guessing": 0.1,
        "nearest neighbours": 0.32,
        "linear": 0.41,
        "two layers": 0.67,
        "linear on features": 0.78,
        "two layers on features": 0.85,
    },
}


def show_images(images, titles=(), columns=10, size=0.9):
    """Shows images in a grid, row by row, each under its title.

    images: (N, H, W, 3) or (N, H, W), uint8 in 0..255 or floats in 0..1. titles: up to N strings.
    columns: images in a row. size: inches an image.
    """
    rows = int(np.ceil(len(images) / columns))
    titled_rows = int(np.ceil(len(titles) / columns))
    lines = max((title.count("\n") + 1 for title in titles), default=0)
    height = rows * size + titled_rows * lines * TITLE_HEIGHT
    _, axes = plt.subplots(rows, columns, figsize=(columns * size, height), squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, image in zip(axes.flat, images, strict=False):
        ax.imshow(image, vmin=0, vmax=255 if image.dtype == np.uint8 else 1)
    for ax, title in zip(axes.flat, titles, strict=False):
        ax.set_title(title, fontsize=8)
    plt.show()


def visualize_grid(Xs, ubound=255.0, padding=1):
    """Pictures in a square grid, as one picture; each is stretched to the range 0..ubound.

    Xs: (N, H, W, C) of any range, such as the weights of a layer. padding: black pixels between
    neighbours. Returns floats (S * H + (S - 1) * padding, S * W + (S - 1) * padding, C), where S is
    the least number with S * S >= N. Pictures go row by row; what is left of the grid, and a
    picture of a single colour, is black.
    """
    N, H, W, C = Xs.shape
    across = int(np.ceil(np.sqrt(N)))
    cells = np.zeros((across * across, H + padding, W + padding, C))
    low, high = (extreme(axis=(1, 2, 3), keepdims=True) for extreme in (Xs.min, Xs.max))
    span = np.where(high > low, high - low, 1)
    cells[:N, :H, :W] = ubound * ((Xs - low) / span)
    rows = cells.reshape(across, across, H + padding, W + padding, C).swapaxes(1, 2)
    grid = rows.reshape(across * (H + padding), across * (W + padding), C)
    return grid[: len(grid) - padding, : grid.shape[1] - padding]


def show_regions(predict, X, y, ax, title):
    """Shows the examples in the plane, and which class a classifier gives to each place.

    predict: function of (N, 2) floats that returns (N,) integers. X: (N, 2). y: (N,) integers in
    0..9. ax: the axes to draw on.
    """
    low, high = X.min(axis=0) - 0.1, X.max(axis=0) + 0.1
    across, up = (np.linspace(low[axis], high[axis], REGION_STEPS) for axis in (0, 1))
    places = np.stack(np.meshgrid(across, up), axis=-1)
    classes = np.reshape(predict(places.reshape(-1, 2)), places.shape[:2])
    look = {"cmap": "tab10", "vmin": 0, "vmax": 9}
    ax.imshow(classes, extent=(low[0], high[0], low[1], high[1]), origin="lower", alpha=0.3, **look)
    ax.scatter(*X.T, c=y, s=10, edgecolors="white", linewidths=0.3, **look)
    ax.set_title(title)
    ax.set_axis_off()


def show_training(solver, window=50):
    """Shows how a Solver's training went: the loss of each minibatch, and accuracy by epoch.

    window: steps that the mean of the loss goes over.
    """
    loss = np.array(solver.loss_history)
    window = min(window, len(loss))
    smooth = np.convolve(loss, np.ones(window) / window, mode="valid")
    _, axes = plt.subplots(1, 2, figsize=(11, 3.4))
    axes[0].plot(loss, linewidth=0.5, alpha=0.4, label="loss of each minibatch")
    axes[0].plot(np.arange(len(smooth)) + window // 2, smooth, label=f"mean of {window}")
    axes[0].set(title="loss", xlabel="step")
    axes[1].plot(solver.train_acc_history, "o-", label="training")
    axes[1].plot(solver.val_acc_history, "o-", label="validation")
    axes[1].set(title="accuracy", xlabel="epoch")
    axes[1].xaxis.get_major_locator().set_params(integer=True)
    for ax in axes:
        ax.legend()
    plt.show()


def show_ladder(dataset, reached):
    """Shows the test accuracies of the course's first steps and of one's own nets as bars.

    dataset: the name that load_dataset gives. reached: {name: accuracy in 0..1}, the last of them
    in a colour of its own.
    """
    accuracies = FIRST_STEPS[dataset] | reached
    colours = ["tab:gray"] * (len(accuracies) - 1) + ["tab:green"]
    _, ax = plt.subplots(figsize=(8, 0.4 * len(accuracies) + 0.8))
    bars = ax.barh(accuracies.keys(), accuracies.values(), color=colours)
    ax.bar_label(bars, fmt="{:.0%}", padding=4)
    ax.invert_yaxis()
    ax.set(title=f"Test accuracy on {dataset}", xlim=(0, 1), xlabel="share of the pictures")
    plt.show()
