"""Decision regions of the k-nearest-neighbour classifier in the plane, to play with.

``KNNDemo()`` as the last line of a cell shows the points of a few classes in the unit
square. Each spot of the square has the colour of the class that a classifier trained on
the points would give it, and is white where the vote is tied. Drag a point, and the
regions follow.
"""

import base64

import ipywidgets
import numpy as np
import traitlets
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from cs231n.course.demos.canvas import HINT, PALETTE, PlaneCanvas, png, script

METRICS = ("L1", "L2")

#: Stands for "no winner" where otherwise the index of a class stands.
TIE = 255
TIE_COLOUR = "#FFFFFF"

#: Distances closer than this count as equal: far less than a pixel, more than rounding.
_ROUNDING = 1e-6


def make_points(num_points, num_classes, seed=0):
    """Draw points in the unit square, each class in two clumps that may overlap others.

    Returns points (num_points, 2) with columns x and y in [0, 1], and labels
    (num_points,). The same arguments give the same points everywhere, and more points
    with the same seed keep the first ones where they were.
    """
    random = np.random.RandomState(seed)
    lattice = np.stack(np.meshgrid(np.arange(4), np.arange(4)), axis=-1).reshape(-1, 2)
    centres = 0.2 + 0.2 * random.permutation(lattice)
    index = np.arange(num_points)
    clump = index % (2 * num_classes)
    points = centres[clump] + random.normal(scale=0.085, size=(num_points, 2))
    return points.clip(0.03, 0.97), clump % num_classes


def distances(x, y, points, metric):
    """How far the places (x, y) are from each of the points (P, 2): (..., P).

    x and y are arrays that broadcast to (...), as the places of a grid do.
    """
    across = np.abs(x[..., np.newaxis] - points[:, 0])
    up = np.abs(y[..., np.newaxis] - points[:, 1])
    if metric == "L1":
        return across + up
    if metric == "L2":
        return np.hypot(across, up)
    raise ValueError(f"metric is {metric!r}; it can be one of {', '.join(METRICS)}")


def classify(x, y, points, labels, num_classes, k, metric):
    """Let the k nearest points vote on the class of each place (x, y).

    x and y broadcast to (...); points (P, 2); labels (P,) are below num_classes. Returns
    uint8 (...): the class with most votes, or TIE where several have most. Points that are
    as far away as the k-th nearest vote too, so their order decides nothing.
    """
    if not 1 <= k <= len(points):
        raise ValueError(f"k is {k}; with {len(points)} points it can be 1 to {len(points)}")
    # Single precision is twice as fast, and still far finer than a pixel.
    far = distances(np.float32(x), np.float32(y), np.float32(points), metric)
    reach = np.partition(far, k - 1, axis=-1)[..., k - 1, np.newaxis]
    one_hot = np.eye(num_classes, dtype=np.float32)[labels]
    votes = np.float32(far <= reach + _ROUNDING) @ one_hot
    winner = votes.argmax(axis=-1).astype(np.uint8)
    is_most = votes == votes.max(axis=-1, keepdims=True)
    winner[np.count_nonzero(is_most, axis=-1) > 1] = TIE
    return winner


def decision_regions(points, labels, num_classes, k, metric, width, height):
    """Classify the centre of every pixel of a picture of the unit square.

    Returns uint8 (height, width) of class or TIE. Row 0 is the top, where y is largest.
    """
    x = (np.arange(width) + 0.5) / width
    y = 1 - (np.arange(height)[:, np.newaxis] + 0.5) / height
    return classify(x, y, points, labels, num_classes, k, metric)


def describe(points, labels, num_classes, k, metric, regions):
    """Say in a line what the picture shows."""
    tied = np.mean(regions == TIE)
    share = "less than 1 %" if 0 < tied < 0.01 else f"{100 * tied:.0f} %"
    at_points = classify(*points.T, points, labels, num_classes, k, metric)
    outvoted = np.count_nonzero((at_points != labels) & (at_points != TIE))
    return (
        f"K = {k}, {metric}: {share} of the plane is tied (white); "
        f"{outvoted} of {len(points)} points are outvoted by their neighbours."
    )


def static_picture(points, labels, regions, caption):
    """Draw the regions and points; return the bytes of a PNG image."""
    # A Figure of its own, since one of pyplot's would also be shown by the notebook.
    figure = Figure(figsize=(4.4, 4.8), layout="constrained")
    axes = figure.add_subplot(xticks=[], yticks=[])
    axes.set_title(caption.replace("; ", ";\n"), fontsize=9)
    colours = ListedColormap([region for _, region in PALETTE] + [TIE_COLOUR])
    shown = np.where(regions == TIE, len(PALETTE), regions)
    # Not smoothed: a mixture of two classes would look like a third.
    axes.imshow(
        shown, cmap=colours, vmin=0, vmax=len(PALETTE), extent=(0, 1, 0, 1), interpolation="nearest"
    )
    marks = [PALETTE[label][0] for label in labels]
    x, y = np.transpose(points)
    axes.scatter(x, y, s=60, c=marks, edgecolors="white", linewidths=1.2, clip_on=False)
    return png(figure)


class KNNCanvas(PlaneCanvas):
    """The picture: the points on the regions, which are bytes of uint8 (height, width)."""

    _esm = script("knn.js")

    regions = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int(160).tag(sync=True)
    height = traitlets.Int(160).tag(sync=True)
    tie_colour = traitlets.Unicode(TIE_COLOUR).tag(sync=True)

    def show(self, regions):
        """Show regions (height, width)."""
        with self.hold_sync():
            self.regions = regions.tobytes()
            self.frame += 1


def _slider(description, value, least, most):
    return ipywidgets.IntSlider(
        value, least, most, description=description, style={"description_width": "60px"}
    )


class KNNDemo(ipywidgets.VBox):
    """The picture of kNN's decision regions and its controls; the last line of a cell shows it.

    The controls are the widgets `metric`, `k`, `num_classes`, `num_points` and `new_points`;
    `canvas` is the picture, and `caption` says what it shows.
    """

    def __init__(self, seed=0):
        self.seed = seed
        self.canvas = KNNCanvas()
        self.metric = ipywidgets.ToggleButtons(
            options=METRICS,
            value="L2",
            description="Metric",
            style={"button_width": "52px", "description_width": "auto"},
            # Its description next to it and not above, in line with those of the sliders.
            layout={
                "display": "flex",
                "justify_content": "flex-end",
                "width": "176px",
                "grid_gap": "8px",
            },
        )
        self.k = _slider("K", 3, 1, 7)
        self.num_classes = _slider("Classes", 3, 2, len(PALETTE))
        self.num_points = _slider("Points", 40, 20, 60)
        self.new_points = ipywidgets.Button(
            description="New points", layout={"margin": "6px 0 6px 66px"}
        )
        self.caption = ipywidgets.HTML()
        controls = ipywidgets.VBox(
            [
                self.metric,
                self.k,
                self.num_classes,
                self.num_points,
                self.new_points,
                ipywidgets.HTML(HINT),
            ],
            layout={"margin": "4px 0 0 12px", "width": "300px"},
        )
        row = ipywidgets.HBox([self.canvas, controls], layout={"flex_flow": "row wrap"})
        super().__init__([row, self.caption])

        self.canvas.observe(self._redraw, "points")
        for control in (self.metric, self.k):
            control.observe(self._redraw, "value")
        for control in (self.num_classes, self.num_points):
            control.observe(self._deal, "value")
        self.new_points.on_click(self._next_seed)
        self._deal()

    def _next_seed(self, _button):
        self.seed += 1
        self._deal()

    def _deal(self, _change=None):
        """Lay out the points of the present seed, number and classes."""
        points, labels = make_points(self.num_points.value, self.num_classes.value, self.seed)
        with self.canvas.hold_sync():
            # The points last, since they are what is watched.
            self.canvas.labels = labels.tolist()
            self.canvas.points = points.tolist()

    def _redraw(self, _change=None):
        """Answer a change of the points, the metric or K with new regions and caption."""
        canvas = self.canvas
        setting = (
            np.array(canvas.points),
            np.array(canvas.labels),
            self.num_classes.value,
            self.k.value,
            self.metric.value,
        )
        regions = decision_regions(*setting, canvas.width, canvas.height)
        canvas.show(regions)
        self.caption.value = describe(*setting, regions)

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        canvas = self.canvas
        regions = np.frombuffer(canvas.regions, np.uint8).reshape(canvas.height, canvas.width)
        image = static_picture(canvas.points, canvas.labels, regions, self.caption.value)
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = self.caption.value
        return bundle
