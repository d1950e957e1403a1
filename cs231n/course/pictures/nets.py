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


def show_graph(nodes, edges):
    """Shows a graph of any form: values flow forward along the edges, and gradients back.

    nodes: {name: (x, y, text)}, the place and the label of each box; boxes are about 1 wide and
    0.5 high. edges: pairs of names, from and to.
    """
    x, y = zip(*((x, y) for x, y, _ in nodes.values()), strict=True)
    _, ax = plt.subplots(figsize=(12, 2.2 * (max(y) - min(y) + 0.6)))
    boxes = {}
    for name, (left, high, text) in nodes.items():
        corner = (left - 0.5, high - 0.25)
        boxes[name] = FancyBboxPatch(
            corner, 1, 0.5, boxstyle="round,pad=0.02", fc="0.94", ec="0.3", mutation_aspect=0.5
        )
        ax.add_patch(boxes[name])
        ax.text(left, high, text, ha="center", va="center", fontsize=9)
    for edge in edges:
        for (start, end), colour in ((edge, FORWARD), (edge[::-1], BACKWARD)):
            # Each way bows to its own left, so that the two stay apart.
            style = {"arrowstyle": "->", "color": colour, "lw": 1.5, "shrinkA": 2, "shrinkB": 2}
            style |= {"patchA": boxes[start], "patchB": boxes[end]}
            style["connectionstyle"] = "arc3,rad=0.2"
            ax.annotate("", nodes[end][:2], nodes[start][:2], arrowprops=style)
    ax.set(xlim=(min(x) - 0.6, max(x) + 0.6), ylim=(min(y) - 0.4, max(y) + 0.4))
    ax.set_axis_off()
    plt.show()


def _arrow(ax, start, end, colour):
    ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.5})
