"""Pictures of networks as graphs, for the notebooks."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

FORWARD, BACKWARD = "tab:blue", "tab:red"


def show_net(layers, values):
    """Shows a chain of layers: what flows forward between them, and what flows back.

    layers: a text for each box. values: what flows into the first, between them, and out of the
    last, such as "x\\n(N, D)"; one more than there are boxes. Its gradient flows back.
    """
    _, ax = plt.subplots(figsize=(12, 2.1))
    for i, text in enumerate(layers):
        box = FancyBboxPatch((2 * i, -0.45), 1, 0.9, boxstyle="round,pad=0.02", fc="0.94", ec="0.3")
        ax.add_patch(box)
        ax.text(2 * i + 0.5, 0, text, ha="center", va="center")
    for i, text in enumerate(values):
        _arrow(ax, 2 * i - 0.95, 2 * i - 0.07, 0.17, FORWARD)
        ax.text(2 * i - 0.5, 0.3, text, ha="center", va="bottom", color=FORWARD, fontsize=9)
        _arrow(ax, 2 * i - 0.07, 2 * i - 0.95, -0.17, BACKWARD)
        name = text.split("\n")
        gradient = "\n".join([f"dL/d{name[0]}", *name[1:]]) if name[0][0] != "(" else text
        ax.text(2 * i - 0.5, -0.3, gradient, ha="center", va="top", color=BACKWARD, fontsize=9)
    ax.set(xlim=(-1.1, 2 * len(layers) + 0.1), ylim=(-1.05, 1.05))
    ax.set_axis_off()
    plt.show()


def _arrow(ax, start, end, height, colour):
    style = {"arrowstyle": "->", "color": colour, "lw": 1.5}
    ax.annotate("", (end, height), (start, height), arrowprops=style)
