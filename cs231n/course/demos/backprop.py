"""A graph whose inputs can be moved: values and gradients on every wire follow the hand.

``BackpropDemo()`` as the last line of a cell shows a graph of gates. Values stand above its wires
and gradients below. Below the graph is the curve of its last value as one input moves, with the
slope that the gradient tells: a nudge shows what it foretells, and what happens.
"""

import base64
from typing import NamedTuple

import ipywidgets
import numpy as np
import traitlets
from matplotlib.figure import Figure

from cs231n.course.demos.canvas import AnsweringCanvas, png, script
from cs231n.course.pictures.graphs import draw, laid_out, short

REACH, NOTCH = 5.0, 0.1  # of the inputs' sliders: from -REACH to REACH, in steps
FAR_NUDGE = 2.0
STEP = 1e-30  # of a complex step, see `slopes`

#: The picture, in units of the sheet: room for the widest graph, and below it for the curve.
WIDTH = 13.2
PANEL = (0.7, 6.2, 2.9)  # left, width, height
ABOVE, BELOW = 0.4, 0.6  # the panel
UNIT = 60  # of the sheet, in CSS pixels, where the page is wide enough
SAMPLES = 101

VALUE, GRADIENT, INK, LINE, BOX, PAPER = (
    "#1560A8", "#C22A1E", "#1F1F1F", "#8A8A8A", "#F0F0F0", "#FFFFFF",
)  # fmt: skip

HINT = (
    '<div style="line-height: 1.4">The curve is f as the nudged input moves, the straight line '
    "what its gradient foretells; the black point is now.<br>Drag an input in the picture to the "
    "left or right, or use the sliders. With the keyboard: Tab to the picture, up and down choose "
    "an input, left and right move it.</div>"
)

CSS = """
.cs231n-backprop-caption { font-variant-numeric: tabular-nums; line-height: 1.4; margin: 4px 0;
  min-height: 4.2em; }
.cs231n-backprop-caption b { font-weight: 600; }
"""


def _larger(x, y):
    return x if np.real(x) >= np.real(y) else y


#: What stands in a box, as a function that is good for complex numbers too.
OPERATIONS = {
    "+": lambda x, y: x + y,
    "×": lambda x, y: x * y,
    "max": _larger,
    "σ": lambda x: (1 + np.tanh(x / 2)) / 2,
}


class Example(NamedTuple):
    """A graph. inputs: {name: value at the start}. gates: {name: (what is in the box, *names of
    what it takes)}, in an order in which they can be computed; the last one is the result.
    """

    inputs: dict
    gates: dict


EXAMPLES = {
    "(x + y) z": Example(
        {"x": -2.0, "y": 5.0, "z": -4.0}, {"q": ("+", "x", "y"), "f": ("×", "q", "z")}
    ),
    "2 (x y + max(z, w))": Example(
        {"x": 3.0, "y": -4.0, "z": 2.0, "w": -1.0},
        {
            "p": ("×", "x", "y"),
            "m": ("max", "z", "w"),
            "s": ("+", "p", "m"),
            "f": ("+", "s", "s"),
        },
    ),
    "a neuron": Example(
        {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0},
        {
            "a": ("×", "w0", "x0"),
            "b": ("×", "w1", "x1"),
            "c": ("+", "a", "b"),
            "d": ("+", "c", "w2"),
            "f": ("σ", "d"),
        },
    ),
    "x · x · x": Example({"x": 1.5}, {"q": ("×", "x", "x"), "f": ("×", "q", "x")}),
}


def computed(example, inputs, moved=None):
    """{name: value} for all names. inputs: {name: number}.

    moved: {name: value} of names that have this value whatever they would have; or {(user, port):
    value} of single branches, that is of what one gate takes as its input number `port`.
    """
    moved = moved or {}
    values = {name: moved.get(name, value) for name, value in inputs.items()}
    for name, (operation, *sources) in example.gates.items():
        taken = [moved.get((name, port), values[each]) for port, each in enumerate(sources)]
        values[name] = moved.get(name, OPERATIONS[operation](*taken))
    return values


def slopes(example, inputs):
    """The gradients of the result: ({name: number}, {user: [a number for each of its inputs]}).

    Each wire is moved by itself, by a tiny imaginary step, which gives its slope without the
    rounding of a difference (Squire and Trapp, 1998): no way back through the gates is needed.
    """
    values = computed(example, inputs)
    result = list(values)[-1]

    def slope(wire, value):
        moved = {wire: value + 1j * STEP}
        return float(np.imag(computed(example, inputs, moved)[result])) / STEP

    gradients = {name: slope(name, value) for name, value in values.items()}
    shares = {
        name: [slope((name, port), values[each]) for port, each in enumerate(sources)]
        for name, (_, *sources) in example.gates.items()
    }
    return gradients, shares


def sheet_of(example, inputs):
    """The Sheet of the graph, as pictures.graphs lays it out."""
    values = computed(example, inputs)
    gradients, shares = slopes(example, inputs)
    sources = {name: tuple(example.gates.get(name, ("",))[1:]) for name in values}
    symbols = {name: example.gates.get(name, ("",))[0] for name in values}
    return laid_out(list(values), sources, symbols, values, gradients, shares)


class Nudge(NamedTuple):
    """One input moved by `by`: where the result was, what the gradient foretells, what happens."""

    name: str
    by: float
    start: float
    gradient: float
    foretold: float
    happened: float

    def describe(self):
        """What a nudge shows, in HTML."""
        by, gradient, change = short(self.by), short(self.gradient), short(self.foretold)
        miss = self.happened - self.foretold
        verdict = "exactly so" if abs(miss) < 1e-9 else f"off by {short(miss)}"
        return (
            f"Nudge <b>{self.name}</b> by {by}. The gradient foretells a change of "
            f"{by} × {gradient} = <b>{change}</b>.<br>f goes from {short(self.start)} to "
            f"{short(self.start + self.happened)}, a change of <b>{short(self.happened)}</b>: "
            f"{verdict}."
        )


def nudged(example, inputs, name, by):
    """The Nudge of an input."""

    def result(value):
        return float(list(computed(example, {**inputs, name: value}).values())[-1])

    start, gradient = result(inputs[name]), slopes(example, inputs)[0][name]
    return Nudge(name, by, start, gradient, by * gradient, result(inputs[name] + by) - start)


class Panel(NamedTuple):
    """The curve of the result. lines: (points, kind), with the kinds "curve" (what happens),
    "tangent" (what the gradient foretells) and "axis". dots: (x, y, kind). texts: (x, y, text).
    """

    lines: list
    dots: list
    texts: list


def panel_of(example, inputs, nudge, top):
    """The Panel, with its frame from `top` on down the sheet."""
    left, width, height = PANEL
    here, there = inputs[nudge.name], inputs[nudge.name] + nudge.by
    xs = np.union1d(np.linspace(-REACH, REACH, SAMPLES), [here, there])
    ys = [list(computed(example, {**inputs, nudge.name: x}).values())[-1] for x in xs]
    low, high = min(*ys, nudge.start + nudge.foretold), max(*ys, nudge.start + nudge.foretold)
    low, high = (low - 1, high + 1) if high - low < 1e-9 else (low, high)
    x_low, x_high = min(-REACH, there), max(REACH, there)

    def place(x, y):
        across, up = (x - x_low) / (x_high - x_low), (y - low) / (high - low)
        return float(left + across * width), float(top + (1 - up) * height)

    ends = [x_low, x_high]
    if nudge.gradient:
        edges = sorted(here + (y - nudge.start) / nudge.gradient for y in (low, high))
        ends = [max(ends[0], edges[0]), min(ends[1], edges[1])]
    tangent = [place(x, nudge.start + nudge.gradient * (x - here)) for x in ends]
    reach = f"{nudge.name}, from {x_low:g} to {x_high:g}".replace("-", "−")
    frame = [(left, top), (left, top + height), (left + width, top + height)]
    return Panel(
        lines=[
            (frame, "axis"),
            ([place(x, y) for x, y in zip(xs, ys, strict=True)], "curve"),
            (tangent, "tangent"),
        ],
        dots=[
            (*place(here, nudge.start), "here"),
            (*place(there, nudge.start + nudge.foretold), "tangent"),
            (*place(there, nudge.start + nudge.happened), "curve"),
        ],
        texts=[(left + width / 2, top + height, reach), (left - 0.3, top + height / 2, "f")],
    )


class Picture(NamedTuple):
    """All that is drawn: a Sheet, a Panel, and how high both are together."""

    sheet: tuple
    panel: Panel
    height: float


def picture_of(example, inputs, nudge):
    """The Picture of a graph, with the Panel below it."""
    sheet = sheet_of(example, inputs)
    top = sheet.height + ABOVE
    return Picture(sheet, panel_of(example, inputs, nudge, top), top + PANEL[2] + BELOW)


def static_picture(picture, caption):
    """Draws both; returns the bytes of a PNG image."""
    # A Figure of its own, since one of pyplot's would also be shown by the notebook.
    figure = Figure(figsize=(WIDTH * 0.65, picture.height * 0.65 + 0.5), layout="none")
    axes = figure.add_axes((0, 0, 1, picture.height / (picture.height + 0.8)))
    draw(axes, picture.sheet, 0.8)
    axes.set(xlim=(0, WIDTH), ylim=(picture.height, 0))
    axes.set_title(caption, fontsize=9)
    colours = {"curve": VALUE, "tangent": GRADIENT, "axis": LINE, "here": INK}
    for points, kind in picture.panel.lines:
        axes.plot(*zip(*points, strict=True), color=colours[kind])
    for x, y, kind in picture.panel.dots:
        axes.plot(x, y, "o", color=colours[kind])
    for x, y, text in picture.panel.texts:
        axes.text(x, y + 0.12, text, ha="center", va="top", fontsize=8)
    return png(figure)


class BackpropCanvas(AnsweringCanvas):
    """The picture: the Sheet of a graph and the Panel below it, as dicts.

    handles: {name: [x, y, value]} of the inputs, which a hand moves. chosen: the name of the one
    that was moved last. The browser only asks: {"choose": name}, or {"move": [name, value]}.
    """

    _esm = script("backprop.js")
    _css = CSS

    sheet = traitlets.Dict().tag(sync=True)
    panel = traitlets.Dict().tag(sync=True)
    handles = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    columns = traitlets.Float(WIDTH).tag(sync=True)
    rows = traitlets.Float().tag(sync=True)
    unit = traitlets.Float(UNIT).tag(sync=True)
    notch = traitlets.Float(NOTCH).tag(sync=True)
    colours = traitlets.Dict(
        {"value": VALUE, "gradient": GRADIENT, "ink": INK, "line": LINE, "box": BOX, "paper": PAPER}
    ).tag(sync=True)

    def show(self, picture, inputs, chosen):
        """Shows a Picture, of the graph with these inputs."""
        values = [label for label in picture.sheet.labels if label.kind == "value"]
        with self.hold_sync():
            self.sheet, self.panel = picture.sheet._asdict(), picture.panel._asdict()
            self.rows, self.chosen = picture.height, chosen
            self.handles = {
                name: [label.x, label.y, inputs[name]]
                for name, label in zip(inputs, values, strict=False)
            }
            self.frame += 1


class BackpropDemo(ipywidgets.VBox):
    """The graph and its controls; the last line of a cell shows it.

    The controls are the widgets `example`, `sliders` ({name: slider} of the present inputs),
    `input` (which one is nudged), `by` (the nudge) and `reset`. `canvas` is the picture, and
    `caption` tells what the nudge does.
    """

    def __init__(self, example="(x + y) z"):
        self.canvas = BackpropCanvas(answer=self.answer)
        self.example = ipywidgets.ToggleButtons(
            options=list(EXAMPLES), value=example, style={"button_width": "auto"}
        )
        self.input = ipywidgets.ToggleButtons(description="Nudge", style={"button_width": "48px"})
        self.by = ipywidgets.FloatSlider(
            1.0, min=-FAR_NUDGE, max=FAR_NUDGE, step=NOTCH, description="by", readout_format=".1f"
        )
        self.reset = ipywidgets.Button(description="Start values", icon="undo")
        self.caption = ipywidgets.HTML()
        self.rows = ipywidgets.HBox(layout={"flex_flow": "row wrap"})
        self.sliders = {}
        nudge = ipywidgets.HBox([self.input, self.by, self.reset], layout={"flex_flow": "row wrap"})
        super().__init__(
            [self.example, self.canvas, self.caption, nudge, self.rows, ipywidgets.HTML(HINT)]
        )
        self.example.observe(self._begin, "value")
        self.reset.on_click(self._begin)
        self.input.observe(self._redraw, "value")
        self.by.observe(self._redraw, "value")
        self._begin()

    @property
    def graph(self):
        """The Example that is shown."""
        return EXAMPLES[self.example.value]

    @property
    def inputs(self):
        """{name: present value}."""
        return {name: slider.value for name, slider in self.sliders.items()}

    def _begin(self, _change=None):
        """Shows the chosen graph with its start values."""
        self.sliders = {
            name: ipywidgets.FloatSlider(
                value, min=-REACH, max=REACH, step=NOTCH, description=name, readout_format=".1f"
            )
            for name, value in self.graph.inputs.items()
        }
        for slider in self.sliders.values():
            slider.observe(self._redraw, "value")
        self.rows.children = tuple(self.sliders.values())
        self.input.unobserve(self._redraw, "value")
        self.input.options = list(self.sliders)
        self.input.value = next(iter(self.sliders))
        self.input.observe(self._redraw, "value")
        self._redraw()

    def answer(self, request):
        """Does what the browser asks: {"choose": name}, or {"move": [name, value]}."""
        name, *value = request["move"] if "move" in request else [request.get("choose")]
        # Another graph may have been chosen while the request was on its way.
        if name in self.sliders:
            self.input.value = name
            if value:
                notches = round(float(np.clip(value[0], -REACH, REACH)) / NOTCH)
                self.sliders[name].value = round(notches * NOTCH, 10)

    def nudge(self):
        """The Nudge that is shown."""
        return nudged(self.graph, self.inputs, self.input.value, self.by.value)

    def _redraw(self, _change=None):
        nudge = self.nudge()
        self.caption.value = f'<div class="cs231n-backprop-caption">{nudge.describe()}</div>'
        # The picture last: with it, the browser knows that the answer is complete.
        picture = picture_of(self.graph, self.inputs, nudge)
        self.canvas.show(picture, self.inputs, nudge.name)

    def describe(self):
        """Says in plain text what the picture shows."""
        text = self.nudge().describe()
        return text.replace("<br>", "\n").replace("<b>", "").replace("</b>", "")

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        picture = picture_of(self.graph, self.inputs, self.nudge())
        image = static_picture(picture, self.describe())
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = self.describe()
        return bundle
