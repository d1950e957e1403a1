"""Pictures of networks as graphs, for the notebooks."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

FORWARD, BACKWARD = "tab:blue", "tab:red"


def show_net(layers, values, params):
    """Shows a chain of layers: what flows forward between them, and what flows back.

    layers: a text for each box. values: what flows into the first, between them, and out of the
    last, such as "x\\n(N, D)"; one more than there are boxes. Their gradients flow back. params:
    the names of each layer's parameters, such as ["W1", "b1"]; their gradients leave it below.
    """
    _, ax = plt.subplots(figsize=(12, 2.4))
    for i, (text, names) in enumerate(zip(layers, params, strict=True)):
        box = FancyBboxPatch((2 * i, -0.45), 1, 0.9, boxstyle="round,pad=0.02", fc="0.94", ec="0.3")
        ax.add_patch(box)
        ax.text(2 * i + 0.5, 0, text, ha="center", va="center")
        if names:
            _arrow(ax, (2 * i + 0.5, -0.5), (2 * i + 0.5, -1.0), BACKWARD)
            gradients = ", ".join(f"dL/d{name}" for name in names)
            ax.text(
                2 * i + 0.5, -1.05, gradients, ha="center", va="top", color=BACKWARD, fontsize=9
            )
    for i, text in enumerate(values):
        _arrow(ax, (2 * i - 0.95, 0.17), (2 * i - 0.07, 0.17), FORWARD)
        ax.text(2 * i - 0.5, 0.3, text, ha="center", va="bottom", color=FORWARD, fontsize=9)
        _arrow(ax, (2 * i - 0.07, -0.17), (2 * i - 0.95, -0.17), BACKWARD)
        name = text.split("\n")
        gradient = "\n".join([f"dL/d{name[0]}", *name[1:]]) if name[0][0] != "(" else text
        ax.text(2 * i - 0.5, -0.3, gradient, ha="center", va="top", color=BACKWARD, fontsize=9)
    ax.set(xlim=(-1.1, 2 * len(layers) + 0.1), ylim=(-1.35, 0.95))
    ax.set_axis_off()
    plt.show()


def _arrow(ax, start, end, colour):
    ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.5})
