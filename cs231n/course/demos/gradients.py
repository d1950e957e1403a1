"""A picture under the magnifying glass: the gradients of a cell, and their histogram.

``GradientDemo(pictures)`` as the last line of a cell shows a picture with its cells of 8 x 8
pixels. The cell below the pointer is shown large, with an arrow for the gradient of each pixel, and
below it the histogram that it has in HOG.
"""

import base64

import ipywidgets
import numpy as np
import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cs231n.course.demos.canvas import AnsweringCanvas, png, script
from cs231n.features import rgb2gray

CELL, BINS = 8, 9
#: Colours of the directions, round in a circle as these are.
WHEEL = [
    "#D7263D", "#DE7B18", "#C9A800", "#7CA61E", "#1E9E5A",
    "#15A0A6", "#2B74D0", "#6A4BC4", "#B03AA0",
]  # fmt: skip
LEAST = 1.0  # grey levels a pixel; below, no arrow is drawn

HINT = (
    '<div style="line-height: 1.4">Move over the picture. With the keyboard: Tab to it, then the '
    "arrow keys go from cell to cell.</div>"
)


class Cells:
    """The gradients of a picture and the histograms of its cells.

    picture: (H, W, 3) uint8, 8 x 8 at least. gy, gx: (H, W) floats. bins: (H, W), which of the nine
    each pixel's direction belongs to. rows, columns: how many cells there are.
    """

    def __init__(self, picture):
        self.picture = picture
        self.gy, self.gx = np.gradient(rgb2gray(picture))
        self.strength = np.hypot(self.gy, self.gx)
        angle = np.degrees(np.arctan2(self.gy, self.gx)) % 180
        self.bins = np.minimum(angle // 20, BINS - 1).astype(int)
        self.rows, self.columns = (size // CELL for size in picture.shape[:2])

    def place(self, row, column):
        """The slices of the picture that a cell covers."""
        return tuple(slice(CELL * i, CELL * (i + 1)) for i in (row, column))

    def histogram(self, row, column):
        """The nine numbers of a cell: the strengths of its pixels, by direction."""
        place = self.place(row, column)
        strengths, bins = self.strength[place].ravel(), self.bins[place].ravel()
        return np.bincount(bins, strengths, minlength=BINS)

    def describe(self, row, column):
        """Say in two lines which cell it is, and what its histogram says."""
        histogram = self.histogram(row, column)
        place = (
            f"Cell in row {row}, column {column}: rows {CELL * row} to {CELL * row + CELL - 1}, "
            f"columns {CELL * column} to {CELL * column + CELL - 1} of the picture."
        )
        if histogram.sum() < LEAST:
            return f"{place}\nNothing changes here."
        best = int(np.argmax(histogram))
        share = histogram[best] / histogram.sum()
        return (
            f"{place}\nStrength {histogram.sum():.0f} in all, {share:.0%} of it between "
            f"{20 * best}° and {20 * best + 20}°, from edges at about {(20 * best + 100) % 180}°."
        )

    def arrows(self, row, column):
        """(x, y, dx, dy, bin) of each arrow of a cell, in pixels of the cell, y pointing down.

        The longest is 0.9 pixels long.
        """
        place = self.place(row, column)
        gy, gx, bins, strength = (a[place] for a in (self.gy, self.gx, self.bins, self.strength))
        scale = 0.9 / max(strength.max(), LEAST)
        return [
            [j + 0.5, i + 0.5, gx[i, j] * scale, gy[i, j] * scale, int(bins[i, j])]
            for i, j in np.ndindex(strength.shape)
            if strength[i, j] >= LEAST
        ]


def hex_colours(pixels):
    """(H, W, 3) uint8 as a list of H lists of W texts such as "#ff8000"."""
    return [[f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in row] for row in pixels]


def static_picture(cells, row, column):
    """Draw what the canvas shows; return the bytes of a PNG image."""
    # A Figure of its own, since one of pyplot's would also be shown by the notebook.
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    whole, glass, bars = figure.subplots(1, 3)
    whole.imshow(cells.picture)
    corner = (CELL * column - 0.5, CELL * row - 0.5)
    whole.add_patch(Rectangle(corner, CELL, CELL, fill=False, ec="white", lw=2))
    glass.imshow(cells.picture[cells.place(row, column)], alpha=0.6)
    for x, y, dx, dy, which in cells.arrows(row, column):
        start = (x - 0.5 - dx / 2, y - 0.5 - dy / 2)
        glass.arrow(*start, dx, dy, color=WHEEL[which], head_width=0.2, length_includes_head=True)
    for ax in (whole, glass):
        ax.axis("off")
    bars.bar(np.arange(10, 180, 20), cells.histogram(row, column), width=18, color=WHEEL)
    bars.set(xlabel="direction of the gradient in degrees", xticks=np.arange(0, 181, 40))
    return png(figure)


class GradientCanvas(AnsweringCanvas):
    """The picture, the cell that is looked at, and its histogram.

    pixels: rows of colours. chosen: [row, column] of the cell. arrows: see Cells.arrows. bars: nine
    shares of the largest. The browser only asks; `answer` does.
    """

    _esm = script("gradients.js")

    pixels = traitlets.List().tag(sync=True)
    chosen = traitlets.List([0, 0]).tag(sync=True)
    arrows = traitlets.List().tag(sync=True)
    bars = traitlets.List([0.0] * BINS).tag(sync=True)
    cell = traitlets.Int(CELL).tag(sync=True)
    wheel = traitlets.List(WHEEL).tag(sync=True)

    def show(self, cells, row, column):
        """Show a cell of a picture."""
        histogram = cells.histogram(row, column)
        with self.hold_sync():
            self.chosen = [row, column]
            self.arrows = cells.arrows(row, column)
            self.bars = (histogram / max(histogram.max(), LEAST)).tolist()
            self.frame += 1


class GradientDemo(ipywidgets.VBox):
    """A picture, its cells, and a slider for which one; the last line of a cell shows it.

    pictures: (N, H, W, 3) uint8, of at least 8 x 8 pixels. `which` is the slider, `canvas` the
    picture, `caption` says what is seen of the cell `chosen`, (row, column) of those of `cells`.
    """

    def __init__(self, pictures):
        self.pictures = pictures
        self.canvas = GradientCanvas(answer=self.answer)
        self.caption = ipywidgets.HTML()
        self.which = ipywidgets.IntSlider(0, 0, len(pictures) - 1, description="Picture")
        super().__init__([self.canvas, self.caption, self.which, ipywidgets.HTML(HINT)])
        self.which.observe(self._begin, "value")
        self._begin()

    def _begin(self, _change=None):
        """Show the middle of the picture that is chosen."""
        self.cells = Cells(self.pictures[self.which.value])
        self.canvas.pixels = hex_colours(self.cells.picture)
        self.go(self.cells.rows // 2, self.cells.columns // 2)

    def go(self, row, column):
        """Look at a cell, or at the nearest that there is."""
        row = max(0, min(row, self.cells.rows - 1))
        column = max(0, min(column, self.cells.columns - 1))
        self.chosen = row, column
        text = self.cells.describe(row, column)
        self.caption.value = (
            '<div class="cs231n-gradients-caption" style="line-height: 1.4; min-height: 2.8em; '
            f'white-space: pre-line">{text}</div>'
        )
        # The picture last: with it, the browser knows that the answer is complete.
        self.canvas.show(self.cells, row, column)

    def answer(self, request):
        """Do what the browser asks: {"go": [row, column]}, or {"by": [rows, columns]}."""
        if "go" in request:
            self.go(*request["go"])
        elif "by" in request:
            self.go(*(at + by for at, by in zip(self.chosen, request["by"], strict=True)))

    def describe(self):
        """Say what the picture shows."""
        return self.cells.describe(*self.chosen)

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and two lines for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        image = static_picture(self.cells, *self.chosen)
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = self.describe()
        return bundle
