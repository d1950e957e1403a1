"""Arrays drawn as boxes: how broadcasting stretches them, and which of them share memory."""

import matplotlib.pyplot as plt
import numpy as np

REAL, STRETCHED, RESULT = "#9CC3E6", "#E4EDF5", "#BFE3C0"
COLOURS = ("tab:red", "tab:blue", "tab:green", "tab:purple", "tab:orange")


def draw_broadcast(a, b, sign, result):
    """Draws a and b as they are stretched to result's shape, and the result.

    a, b: arrays of one or two axes. sign: what stands between them, such as "+". result: what
    numpy makes of it, two axes. Dark boxes are in the array; pale ones are copies that only seem to
    be there.
    """
    shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    fig, axes = plt.subplots(1, 3, figsize=(3 + 1.3 * shape[1], 0.5 * shape[0] + 0.9))
    for ax, array, title in [
        (axes[0], a, f"{np.shape(a)}"),
        (axes[1], b, f"{sign}  {np.shape(b)}"),
        (axes[2], result, f"=  {np.shape(result)}"),
    ]:
        full = np.broadcast_to(array, shape)
        rows = np.reshape(array, (1,) * (2 - np.ndim(array)) + np.shape(array)).shape
        for (i, j), value in np.ndenumerate(full):
            is_real = i < rows[0] and j < rows[1]
            colour = RESULT if array is result else REAL if is_real else STRETCHED
            _box(ax, j, -i, value, colour, "black" if is_real else "grey")
        ax.set(title=title, xlim=(-0.6, shape[1] - 0.4), ylim=(-shape[0] + 0.4, 0.6))
        ax.axis("off")
    fig.get_layout_engine().set(wspace=0.1)
    plt.show()


def draw_memory(**arrays):
    """Draws where in memory the entries of some arrays of integers are.

    arrays: by name. A row of boxes is a piece of memory; the coloured dots below it say which of
    its boxes an array has as its entries. Two arrays with dots below one row share it.
    """
    owners = []
    for array in arrays.values():
        owner = array if array.base is None else array.base
        if not any(owner is known for known in owners):
            owners.append(owner)
    height = len(owners) + 0.5 * len(arrays)
    _, ax = plt.subplots(figsize=(8, 0.55 * height + 0.3))
    y, longest = 0.0, max(owner.size for owner in owners)
    for owner in owners:
        for k, value in enumerate(owner.ravel()):
            _box(ax, k, y, value, REAL, "black")
        y -= 0.2
        for number, (name, array) in enumerate(arrays.items()):
            if array is owner or array.base is owner:
                y -= 0.5
                places = _places(array, owner)
                colour = COLOURS[number % len(COLOURS)]
                ax.plot(places, [y] * len(places), "o", color=colour, markersize=7)
                ax.text(-0.8, y, name, ha="right", va="center", color=colour)
        y -= 1.1
    ax.set(xlim=(-3, longest - 0.3), ylim=(y + 0.4, 0.6))
    ax.axis("off")
    plt.show()


def _places(array, owner):
    """The numbers of the boxes of `owner` in which the entries of `array` are."""
    start = owner.__array_interface__["data"][0]
    offset = array.__array_interface__["data"][0] - start
    steps = [np.arange(n) * stride for n, stride in zip(array.shape, array.strides, strict=True)]
    total = offset + sum(np.ix_(*steps))
    return sorted({int(place) // owner.itemsize for place in np.ravel(total)})


def _box(ax, x, y, value, colour, ink):
    ax.add_patch(plt.Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white"))
    ax.text(x, y, f"{value:g}", ha="center", va="center", color=ink, fontsize=10)
