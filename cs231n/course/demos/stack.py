"""A deep stack: what becomes of numbers and of gradients on their way through many layers.

``StackDemo()`` as the last line of a cell shows a histogram for each layer: above, what comes out
of it; below, the gradient that comes back to it. Choose the activation, the depth, and how large
the weights are.
"""

import base64
from typing import NamedTuple

import anywidget
import ipywidgets
import numpy as np
import traitlets
from matplotlib.figure import Figure

from cs231n.course.demos.canvas import png, script

WIDTH, EXAMPLES, DEPTH = 100, 200, 10  # units of a layer, inputs, and the most layers
BINS = 25
BACK_REACH = 3.0  # the histograms of gradients go from -BACK_REACH to BACK_REACH
FORWARD, BACKWARD, INK = "#1560A8", "#C22A1E", "#1F1F1F"
CANVAS = (900, 270)  # in CSS pixels, where the page is wide enough

HINT = (
    '<div style="line-height: 1.4">Above each histogram stands the standard deviation. Numbers '
    "beyond the axis are counted at its ends. The gradient comes in at the last layer with a size "
    "of 1.</div>"
)


def sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2


class Activation(NamedTuple):
    """function of the sums z; slope, a function of z; the range (low, high) of its histogram."""

    function: object
    slope: object
    range: tuple


ACTIVATIONS = {
    "tanh": Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2, (-1, 1)),
    "sigmoid": Activation(sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), (0, 1)),
    "relu": Activation(lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0, (0, 3)),
    "leaky relu, 0.1": Activation(
        lambda z: np.maximum(z, 0.1 * z), lambda z: np.where(z > 0, 1, 0.1), (-1, 3)
    ),
    "elu": Activation(
        lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
        lambda z: np.where(z > 0, 1, np.exp(np.minimum(z, 0))),
        (-1, 3),
    ),
    "none": Activation(lambda z: z, np.ones_like, (-3, 3)),
}

#: Standard deviations of the weights of a layer of WIDTH units.
STARTS = {"small": 0.01, "Xavier": 1 / np.sqrt(WIDTH), "He": np.sqrt(2 / WIDTH), "large": 1.0}


class Passes(NamedTuple):
    """forward: what comes out of each layer. backward: the gradient there, (EXAMPLES, WIDTH)."""

    forward: list
    backward: list


def passes(activation, depth, scale, seed=0):
    """Sends random inputs through `depth` layers, and a random gradient of size 1 back.

    activation: an Activation. scale: standard deviation of the weights; there are no biases.
    """
    random = np.random.RandomState(seed)
    h, gradient = random.normal(size=(2, EXAMPLES, WIDTH))
    weights = scale * random.normal(size=(DEPTH, WIDTH, WIDTH))[:depth]
    sums, forward, backward = [], [], []
    for W in weights:
        sums.append(h @ W)
        h = activation.function(sums[-1])
        forward.append(h)
    for z, W in zip(sums[::-1], weights[::-1], strict=True):
        backward.append(gradient)
        gradient = (gradient * activation.slope(z)) @ W.T
    return Passes(forward, backward[::-1])


def heights(numbers, low, high):
    """A histogram as BINS heights, the highest of them 1; what lies beyond counts at the ends."""
    counts, _ = np.histogram(np.clip(numbers, low, high), bins=BINS, range=(low, high))
    return (counts / counts.max()).tolist()


def short(value):
    """A size in few letters."""
    if 0.01 <= value < 100:
        return f"{value:.2f}"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit}e{int(power)}"


def rows_of(activation, found):
    """The two rows of the picture: {"title", "colour", "panels": [(text, heights)]}."""
    ranges = {"forward": activation.range, "backward": (-BACK_REACH, BACK_REACH)}
    colours = {"forward": FORWARD, "backward": BACKWARD}
    return [
        {
            "title": f"{row}, {low:g} to {high:g}",
            "colour": colours[row],
            "panels": [(short(each.std()), heights(each, low, high)) for each in layers],
        }
        for (row, (low, high)), layers in zip(ranges.items(), found, strict=True)
    ]


def describe(name, depth, scale, found):
    """Says in a line what the picture shows."""
    last, first = found.forward[-1], found.backward[0]
    layers = f"{depth} layers" if depth > 1 else "one layer"
    return (
        f"{name}, {layers} of {WIDTH} units, weights of {scale:.2g}: numbers of size "
        f"{short(last.std())} behind the last layer; of a gradient of 1 there, "
        f"{short(first.std())} behind the first."
    )


def static_picture(rows, caption):
    """Draws the rows; returns the bytes of a PNG image."""
    depth = len(rows[0]["panels"])
    figure = Figure(figsize=(9, 3), layout="constrained")
    grid = figure.subplots(2, depth, squeeze=False)
    for axes, row in zip(grid, rows, strict=True):
        axes[0].set_ylabel(row["title"], fontsize=7)
        for ax, (text, bars) in zip(axes, row["panels"], strict=True):
            ax.bar(range(BINS), bars, width=1, color=row["colour"])
            ax.set_title(text, fontsize=8)
            ax.set(xticks=[], yticks=[], ylim=(0, 1.05))
    figure.suptitle(caption, fontsize=9)
    return png(figure)


class StackCanvas(anywidget.AnyWidget):
    """The picture: two rows of histograms, as `rows_of` gives them."""

    _esm = script("stack.js")

    rows = traitlets.List().tag(sync=True)
    size = traitlets.List(CANVAS).tag(sync=True)
    ink = traitlets.Unicode(INK).tag(sync=True)
    #: Goes up with each picture.
    frame = traitlets.Int(0).tag(sync=True)

    def show(self, rows):
        with self.hold_sync():
            self.rows = rows
            self.frame += 1


class StackDemo(ipywidgets.VBox):
    """The stack and its controls; the last line of a cell shows it.

    The controls are the widgets `activation`, `depth`, `scale` and `starts` ({name: button}, each
    of which sets the scale); `canvas` is the picture, `caption` says what it shows.
    """

    def __init__(self, activation="tanh", depth=DEPTH, scale=0.05):
        self.canvas, self.caption = StackCanvas(), ipywidgets.HTML()
        self.activation = ipywidgets.Dropdown(
            options=list(ACTIVATIONS), value=activation, description="Activation",
            layout={"width": "240px"},
        )  # fmt: skip
        self.depth = ipywidgets.IntSlider(
            depth, min=1, max=DEPTH, description="Layers", layout={"width": "260px"}
        )
        self.scale = ipywidgets.FloatLogSlider(
            scale, min=-2, max=0, step=0.025, description="Weights", readout_format=".2g",
            layout={"width": "300px"},
        )  # fmt: skip
        narrow = {"width": "76px"}
        self.starts = {name: ipywidgets.Button(description=name, layout=narrow) for name in STARTS}
        sliders = [self.activation, self.depth, self.scale, *self.starts.values()]
        controls = ipywidgets.HBox(sliders, layout={"flex_flow": "row wrap"})
        super().__init__([controls, self.canvas, self.caption, ipywidgets.HTML(HINT)])
        for control in (self.activation, self.depth, self.scale):
            control.observe(self._redraw, "value")
        for button in self.starts.values():
            button.on_click(self._set_scale)
        self._redraw()

    def _set_scale(self, button):
        self.scale.value = STARTS[button.description]

    def passes(self):
        """The Passes that are shown."""
        kind = ACTIVATIONS[self.activation.value]
        return passes(kind, self.depth.value, self.scale.value)

    def rows(self):
        """The rows of the picture."""
        return rows_of(ACTIVATIONS[self.activation.value], self.passes())

    def describe(self):
        """Says in a line what the picture shows."""
        settings = self.activation.value, self.depth.value, self.scale.value
        return describe(*settings, self.passes())

    def _redraw(self, _change=None):
        self.caption.value = self.describe()
        self.canvas.show(self.rows())

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        caption = self.describe()
        bundle["image/png"] = base64.b64encode(static_picture(self.rows(), caption)).decode()
        bundle["text/plain"] = caption
        return bundle
