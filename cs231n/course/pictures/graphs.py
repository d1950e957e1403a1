"""Graphs of gates as pictures: values above the wires, gradients below, in two colours.

A picture is laid out once, as boxes, wires and labels at places on a sheet; matplotlib draws it
here, and a canvas in the demo.
"""

from itertools import pairwise
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch

from cs231n.course.pictures.nets import BACKWARD, FORWARD

# Lengths are in units of the sheet: rows are 1 apart.
BOX_HEIGHT = 0.5
PORTS = 0.26  # between two wires that end at one box
LETTER = 0.1  # width
LEAST = {"box": 0.8, "stub": 1.3, "gap": 0.45}
MARGIN = (0.1, 0.6)
UNIT = (0.9, 0.75)  # inches to the right and down
WIDEST = 9.6  # inches, as wide as a notebook shows it without making letters smaller
SMALLEST = 0.78  # of letters, and of what stands above each other, where the sheet is wider
SYMBOLS = {
    "AddGate": "+",
    "MultiplyGate": "×",
    "MaxGate": "max",
    "SigmoidGate": "σ",
    "NegateGate": "× −1",
    "ExpGate": "exp",
    "ReciprocalGate": "1 / x",
    "MatmulGate": "@",
}


class Label(NamedTuple):
    """A text. kind: "value" stands above (x, y), "gradient" below, "share" on it."""

    x: float
    y: float
    text: str
    kind: str


class Column(NamedTuple):
    """The widths of what a column of the sheet holds: a box, and to its right a level piece of
    wire, where labels stand and which may fork at its end; then a gap to the next column.
    """

    box: float
    stub: float
    gap: float


class Sheet(NamedTuple):
    """A picture; y points down.

    box: the width of all boxes. boxes: (x, y, text) around their middles, the text "" where there
    is no box to be drawn. wires: lists of points. forks: points. labels: Labels.
    """

    width: float
    height: float
    box: float
    boxes: list
    wires: list
    forks: list
    labels: list


def show_values(graph, gradients=None):
    """Shows a graph of gates after its forward: what is on every wire.

    graph: cs231n.gates.Graph. gradients: what its backward returned, or None. Where a wire forks,
    each branch has the gradient that comes back along it, and the stem has their sum.
    """
    gradients = gradients or {}
    shares = {
        name: gate.backward(gradients[name])
        for name, gate in graph.gates.items()
        if gate is not None and gradients
    }
    symbols = {name: symbol_of(gate) for name, gate in graph.gates.items()}
    sheet = laid_out(graph.order(), graph.inputs, symbols, graph.values, gradients, shares)
    scale = min(1, WIDEST / (UNIT[0] * sheet.width))
    letters = max(scale, SMALLEST)
    size = scale * UNIT[0] * sheet.width, letters * UNIT[1] * sheet.height
    _, ax = plt.subplots(figsize=size)
    draw(ax, sheet, letters)
    plt.show()


def symbol_of(gate):
    """What stands in a gate's box; "" for an input of the graph."""
    kind = type(gate).__name__
    if gate is None:
        return ""
    if kind == "AddConstantGate":
        return f"+ {gate.constant:g}" if np.ndim(gate.constant) == 0 else "+ c"
    return SYMBOLS.get(kind, kind.removesuffix("Gate"))


def laid_out(order, inputs, symbols, values, gradients, shares):
    """The Sheet of a graph.

    order: its names, inputs before users. inputs: {name: names of what it takes}. symbols: {name:
    text of its box}, "" for an input of the graph. values, gradients: {name: number or array};
    where gradients are empty, none are shown. shares: {name: gradients that it hands back}.
    """
    users = {name: [] for name in order}
    for user in order:
        for port, source in enumerate(inputs[user]):
            users[source].append((user, port))
    told = {name: f"{name} = {short(values[name])}" for name in order}
    back = {name: short(gradient) for name, gradient in gradients.items()}
    branches = {
        (user, port): short(shares[user][port])
        for name in order
        for user, port in users[name]
        if len(users[name]) > 1 and gradients
    }
    column = _column(symbols.values(), [*told.values(), *back.values()], branches.values())
    places = _places(order, inputs, column)
    sheet = Sheet(*_size(places, column), column.box, [], [], [], [])
    for name in order:
        x, y = places[name]
        sheet.boxes.append((x, y, symbols[name]))
        start = x + column.box / 2
        fork = (start + column.stub, y)
        sheet.wires.append([(start, y), fork])
        sheet.labels.append(Label(start + column.stub / 2, y, told[name], "value"))
        if gradients:
            sheet.labels.append(Label(start + column.stub / 2, y, back[name], "gradient"))
        for user, port in users[name]:
            bends = [place for key, place in places.items() if key[:3] == (name, user, port)]
            end = _port(places[user], port, len(inputs[user]), column)
            sheet.wires.append([fork, *bends, end])
            if (user, port) in branches:
                middle = end[0] - column.gap / 2
                sheet.labels.append(Label(middle, end[1], branches[user, port], "share"))
        if len(users[name]) > 1:
            sheet.forks.append(fork)
    return sheet


def _column(symbols, labels, shares):
    """Wide enough for the longest of these texts."""
    box, stub, gap = (max(map(len, texts), default=0) for texts in (symbols, labels, shares))
    return Column(
        max(LEAST["box"], LETTER * box + 0.2),
        max(LEAST["stub"], LETTER * stub + 0.1),
        max(LEAST["gap"], LETTER * gap + 0.5 if gap else 0),
    )


def short(value):
    """A number in three digits, a small array in two, or the shape of a larger one."""
    value = np.asarray(value)
    if value.size > 4 or value.ndim > 1:
        return str(value.shape)
    texts = [f"{number + 0.0:.{3 if value.ndim == 0 else 2}g}" for number in value.ravel()]
    text = ", ".join(texts).replace("-", "−")
    return f"[{text}]" if value.ndim else text


def draw(ax, sheet, scale=1):
    """Draws a Sheet on axes of matplotlib. scale: of the letters."""
    ax.set(xlim=(0, sheet.width), ylim=(sheet.height, 0))
    ax.set_axis_off()
    for wire in sheet.wires:
        ax.plot(*zip(*wire, strict=True), color="0.6", lw=1.2, zorder=1)
    for x, y in sheet.forks:
        ax.plot(x, y, "o", color="0.4", ms=4, zorder=2)
    for x, y, text in sheet.boxes:
        if text:
            corner = (x - sheet.box / 2, y - BOX_HEIGHT / 2)
            style = {"boxstyle": "round,pad=0,rounding_size=0.1", "fc": "0.94", "ec": "0.3"}
            ax.add_patch(FancyBboxPatch(corner, sheet.box, BOX_HEIGHT, **style, zorder=2))
            ax.text(x, y, text, ha="center", va="center", fontsize=11 * scale, zorder=3)
    sides = {"value": (-0.06, "bottom"), "gradient": (0.06, "top"), "share": (0, "center")}
    for label in sheet.labels:
        away, side = sides[label.kind]
        colour = FORWARD if label.kind == "value" else BACKWARD
        style = {"ha": "center", "va": side, "color": colour, "fontsize": 10 * scale, "zorder": 4}
        if label.kind == "share":
            style |= {"fontsize": 9 * scale, "bbox": {"fc": "white", "ec": "none", "pad": 0.8}}
        ax.text(label.x, label.y + away, label.text, **style)


def _places(order, inputs, column):
    """{name: (x, y)}, and {(name, user, port, number): (x, y)} where a wire passes a column."""
    numbers = _columns(order, inputs)
    sources = {}  # of all that has a place, in order: names of what it should stand beside
    for user in order:
        sources[user] = inputs[user]
        for port, source in enumerate(inputs[user]):
            for number in range(numbers[source] + 1, numbers[user]):
                key = (source, user, port, number)
                numbers[key], sources[key] = number, (source,)
    rows = {name: row for row, name in enumerate(_leaves(order, inputs))}
    for number in range(max(numbers.values()) + 1):
        there = [key for key in sources if numbers[key] == number]
        for key in there:
            if sources[key]:
                rows[key] = np.mean([rows[source] for source in sources[key]])
        _push_apart(there, rows)
    top, pitch = min(rows[key] for key in sources), sum(column)
    left = MARGIN[0] + column.box / 2
    return {
        key: (float(left + numbers[key] * pitch), float(MARGIN[1] + rows[key] - top))
        for key in sources
    }


def _columns(order, inputs):
    """{name: column}, each as far to the right as its users let it."""
    steps = {}  # to the end
    for name in reversed(order):
        steps[name] = max((steps[user] + 1 for user in order if name in inputs[user]), default=0)
    return {name: max(steps.values()) - steps[name] for name in order}


def _leaves(order, inputs):
    """The graph's own inputs, from top to bottom, as the result reaches for them."""
    seen = []

    def visit(name):
        if name not in seen:
            for source in inputs[name]:
                visit(source)
            seen.append(name)

    for name in reversed(order):
        visit(name)
    return [name for name in seen if not inputs[name]]


def _push_apart(keys, rows):
    """Moves what stands in one column so that rows are at least 1 apart, around the same middle."""
    keys = sorted(keys, key=rows.get)
    wanted = [rows[key] for key in keys]
    for above, key in pairwise(keys):
        rows[key] = max(rows[key], rows[above] + 1)
    shift = np.mean([rows[key] for key in keys]) - np.mean(wanted)
    for key in keys:
        rows[key] -= shift


def _size(places, column):
    x, y = zip(*places.values(), strict=True)
    return max(x) + column.box / 2 + column.stub + MARGIN[0], max(y) + MARGIN[1]


def _port(place, port, count, column):
    """Where a wire ends at a box."""
    x, y = place
    return x - column.box / 2, y + (port - (count - 1) / 2) * PORTS
