"""A hiker on a landscape: four ways downhill, step by step, to play with.

``HikerDemo()`` as the last line of a cell shows a map. Choose a surface and a method, drag the
hiker to where the walk is to begin, and step.
"""

import base64
from dataclasses import dataclass, field

import ipywidgets
import matplotlib as mpl
import numpy as np
import traitlets
from matplotlib.figure import Figure

from cs231n.course.demos.canvas import PlaneCanvas, png, script

REACH = 2.0  # the map goes from -REACH to REACH, both ways
SIDE = 176  # pixels of the map along each side
BANDS = 22  # of height on the map, each in one shade
MOMENTUM = 0.9
FAR = 1e3  # a hiker beyond is lost
START = (-1.4, 1.1)
HINT = (
    '<div style="line-height: 1.4">Drag the hiker. With the keyboard: Tab to the map, arrow '
    "keys to move.</div>"
)


# Each gives the height at (x, y), numbers or arrays, and the two slopes.


def bowl(x, y):
    return 0.5 * (x**2 + y**2), (x, y)


def ravine(x, y):
    return 0.5 * (0.15 * x**2 + 4 * y**2), (0.15 * x, 4 * y)


def saddle(x, y):
    return 0.5 * (x**2 - y**2) + y**4 / 8, (x, -y + y**3 / 2)


def two_valleys(x, y):
    """A deep valley on the right and a shallow one on the left."""
    height = 0.5 * y**2 + (x**2 - 1) ** 2 / 2 - 0.25 * x
    return height, (2 * x * (x**2 - 1) - 0.25, y)


def hinge(x, y):
    """The mean of four hinges: straight pieces with kinks, as the SVM's loss."""
    height, along, up = 0.0, 0.0, 0.0
    for a, b, c in [(1.0, 0.4, 0.6), (-0.8, 1.0, 0.5), (-0.2, -1.2, 0.7), (0.9, -0.5, 0.2)]:
        margin = a * x + b * y + c
        height = height + np.maximum(0, margin) / 2
        along, up = along + a * (margin > 0) / 2, up + b * (margin > 0) / 2
    return height, (along, up)


SURFACES = {
    "bowl": bowl,
    "ravine": ravine,
    "saddle": saddle,
    "two valleys": two_valleys,
    "hinge": hinge,
}
METHODS = ("random search", "random local search", "gradient descent", "momentum")


def height(surface, place):
    """The height of a place (2,) on a surface, by its name."""
    return float(SURFACES[surface](*place)[0])


def slope(surface, place):
    """The gradient (2,) there; at a kink, that of one side."""
    return np.array(SURFACES[surface](*place)[1], dtype=float)


@dataclass
class Walk:
    """A hiker under way.

    place: (2,), where the hiker is. path: the places so far, the first one included. tried: places
    that were looked at and left. velocity: (2,), of the last step, for momentum.
    """

    place: np.ndarray
    path: list = field(default_factory=list)
    tried: list = field(default_factory=list)
    velocity: np.ndarray = field(default_factory=lambda: np.zeros(2))

    def __post_init__(self):
        self.place = np.array(self.place, dtype=float)
        self.path = self.path or [self.place]

    def step(self, surface, method, size, random):
        """One look at the surface, and a step where the method takes one.

        size: of a step; for random search, how far around the middle it looks, for the two that
        follow the slope, their learning rate. random: a RandomState.
        """
        if method in ("gradient descent", "momentum"):
            keep = MOMENTUM if method == "momentum" else 0.0
            self.velocity = keep * self.velocity - size * slope(surface, self.place)
            self._go(self.place + self.velocity)
            return
        middle = self.place if method == "random local search" else np.zeros(2)
        trial = middle + size * random.normal(size=2)
        if height(surface, trial) < height(surface, self.place):
            self._go(trial)
        else:
            self.tried.append(trial)

    def _go(self, place):
        self.place = place
        self.path.append(place)


def map_of(surface, side=SIDE):
    """The map as a picture: uint8 (side, side, 3), in bands of equal height; low is light."""
    across = REACH * ((np.arange(side) + 0.5) / side * 2 - 1)
    heights, _ = SURFACES[surface](*np.meshgrid(across, across[::-1]))
    share = (heights - heights.min()) / np.ptp(heights)
    # The root makes the bands near the bottom, where walks end, as wide as those above.
    bands = np.floor(np.sqrt(share) * BANDS) / BANDS
    return np.uint8(255 * mpl.colormaps["Blues"](0.05 + 0.75 * bands)[..., :3])


def describe(surface, method, walk):
    """Says in a line where the hiker is."""
    steps, looks = len(walk.path) - 1, len(walk.path) - 1 + len(walk.tried)
    where = ", ".join(f"{v:.2f}" for v in walk.place)
    return (
        f"{surface}, {method}: {looks} looks, {steps} steps; height "
        f"{height(surface, walk.place):.3f} at ({where})."
    )


def static_picture(surface, walk, caption):
    """Draws the map and the walk; returns the bytes of a PNG image."""
    figure = Figure(figsize=(4.4, 4.8), layout="constrained")
    axes = figure.add_subplot(xticks=[], yticks=[], xlim=(-REACH, REACH), ylim=(-REACH, REACH))
    axes.set_title(caption.replace("; ", ";\n"), fontsize=9)
    axes.imshow(map_of(surface), extent=(-REACH, REACH, -REACH, REACH), interpolation="bilinear")
    if walk.tried:
        axes.plot(*np.transpose(walk.tried), "o", markerfacecolor="none", color="tab:orange")
    axes.plot(*np.transpose(walk.path), ".-", color="tab:red", linewidth=1.2)
    axes.plot(*walk.place, "o", color="black", markersize=9)
    return png(figure)


class HikerCanvas(PlaneCanvas):
    """The map with the walk on it; its one point is the hiker.

    map: bytes of uint8 (SIDE, SIDE, 3). path, tried: lists of [x, y]. While `running`, the browser
    requests a step, waits for the answer and a moment more, and requests the next.
    """

    _esm = script("hiker.js")

    map = traitlets.Bytes().tag(sync=True)
    map_side = traitlets.Int(SIDE).tag(sync=True)
    path = traitlets.List().tag(sync=True)
    tried = traitlets.List().tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)

    def __init__(self, step):
        palette = [("#111111", "#111111")]
        super().__init__(low=-REACH, high=REACH, points=[list(START)], labels=[0], palette=palette)
        self._step = step

    def answer(self, request):
        """Does what the browser asks: {"move": [index, x, y]}, {"step": True}, or both."""
        super().answer(request)
        # It may have been stopped while the request was on its way.
        if request.get("step") and self.running:
            self._step()

    def show(self, walk):
        """Shows a Walk."""
        with self.hold_sync():
            self.path = [place.tolist() for place in walk.path]
            self.tried = [place.tolist() for place in walk.tried]
            self.points = [np.clip(walk.place, -REACH, REACH).tolist()]
            self.frame += 1


class HikerDemo(ipywidgets.VBox):
    """The map and its controls; the last line of a cell shows it.

    The controls are the widgets `surface`, `method`, `step_size`, `step_button`, `run` and `back`;
    `canvas` is the picture, `caption` says what it shows. walk: the present Walk.
    """

    def __init__(self, surface="ravine", method="gradient descent", seed=0):
        self.random = np.random.RandomState(seed)
        self.canvas = HikerCanvas(step=self.step)
        wide = {"width": "270px"}
        self.surface = ipywidgets.Dropdown(
            options=list(SURFACES), value=surface, description="Surface", layout=wide
        )
        self.method = ipywidgets.Dropdown(
            options=METHODS, value=method, description="Method", layout=wide
        )
        self.step_size = ipywidgets.FloatLogSlider(
            0.2, min=-2, max=0.5, step=0.05, description="Step size", readout_format=".2g",
            layout={"width": "290px"},
        )  # fmt: skip
        narrow = {"width": "84px"}
        self.step_button = ipywidgets.Button(description="Step", icon="step-forward", layout=narrow)
        self.run = ipywidgets.ToggleButton(description="Run", icon="play", layout=narrow)
        self.back = ipywidgets.Button(description="Back", icon="undo", layout=narrow)
        self.caption, self.message = ipywidgets.HTML(), ipywidgets.HTML()
        buttons = ipywidgets.HBox([self.step_button, self.run, self.back])
        controls = ipywidgets.VBox(
            [
                self.surface, self.method, self.step_size, buttons, ipywidgets.HTML(HINT),
                self.message,
            ],
            layout={"margin": "4px 0 0 12px", "width": "310px"},
        )  # fmt: skip
        row = ipywidgets.HBox([self.canvas, controls], layout={"flex_flow": "row wrap"})
        super().__init__([row, self.caption])
        self._listen()
        self._change_surface()

    def _listen(self):
        self.canvas.observe(self._follow_hand, "points")
        self.surface.observe(self._change_surface, "value")
        self.method.observe(self._begin_again, "value")
        self.step_button.on_click(self.step)
        self.back.on_click(self._begin_again)
        traitlets.link((self.run, "value"), (self.canvas, "running"))
        self.run.observe(self._name_run_button, "value")

    def _name_run_button(self, _change):
        running = self.run.value
        self.run.description = "Stop" if running else "Run"
        self.run.icon = "stop" if running else "play"

    def _change_surface(self, _change=None):
        self.canvas.map = map_of(self.surface.value).tobytes()
        self.start = np.array(START)
        self._begin_again()

    def _begin_again(self, _change=None):
        """A new walk from where the hand put the hiker last."""
        self.run.value = False
        self.walk = Walk(self.start)
        self._redraw()

    def _follow_hand(self, change):
        """The hiker was moved: if not by a step, a new walk begins there."""
        (place,) = change.new
        if not np.allclose(place, np.clip(self.walk.place, -REACH, REACH)):
            self.start = np.array(place)
            self._begin_again()

    def step(self, _button=None):
        """One step, unless the hiker is lost."""
        if np.all(np.abs(self.walk.place) < FAR):
            self.walk.step(self.surface.value, self.method.value, self.step_size.value, self.random)
            self._redraw()
        else:
            self.run.value = False
            self.message.value = "The hiker is far off the map: the steps are too long."

    def _redraw(self):
        self.message.value = ""
        self.caption.value = self.describe()
        # The picture last: with it, the browser knows that the answer is complete.
        self.canvas.show(self.walk)

    def describe(self):
        """Says in a line what the picture shows."""
        return describe(self.surface.value, self.method.value, self.walk)

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        caption = self.describe()
        image = static_picture(self.surface.value, self.walk, caption)
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = caption
        return bundle
