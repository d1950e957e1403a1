"""Walks on a landscape, drawn as on a hiker's map."""

import matplotlib.pyplot as plt
import numpy as np


def draw_map(height, walks, reach, points=41):
    """Draws a map for each walk: lines of equal height, and the places in their order.

    height: function of a place (2,), returns a number. walks: {name: list of places (2,)}, each
    place that a method asked for, in order. reach: the map goes from -reach to reach. points:
    along each side of the grid on which the height is computed.

    A place that is lower than all before it is a full dot, joined to the last such one; any other
    is an open circle.
    """
    side = np.linspace(-reach, reach, points)
    heights = np.array([[height(np.array([a, b])) for a in side] for b in side])
    _, axes = plt.subplots(1, len(walks), figsize=(3.4 * len(walks), 3.7), sharey=True)
    for ax, (name, places) in zip(np.atleast_1d(axes), walks.items(), strict=True):
        ax.contourf(side, side, heights, levels=18, cmap="Blues", alpha=0.8)
        ax.contour(side, side, heights, levels=18, colors="white", linewidths=0.5)
        _draw_walk(ax, height, np.array(places))
        ax.set(title=name, xlabel="a", xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    axes[0].set_ylabel("b")
    plt.show()


def _draw_walk(ax, height, places):
    values = np.array([height(place) for place in places])
    lower = np.concatenate([[True], values[1:] < np.minimum.accumulate(values)[:-1]])
    kept = places[lower]
    ax.plot(*places[~lower].T, "o", markersize=5, markerfacecolor="none", color="tab:orange")
    ax.plot(*kept.T, ".-", color="tab:red", markersize=7, linewidth=1)
    ax.plot(*places[0], "k^", markersize=8, label="begin")
    ax.plot(*kept[-1], "k*", markersize=11, label=f"lowest, {values.min():.2f}")
    ax.legend(loc="lower right", fontsize="small", frameon=True)
