"""The sliding window of a convolution, step by step.

``ConvolutionDemo()`` as the last line of a cell shows an input of three channels, two filters,
and their output. Each step lays a filter on one window of the input: it multiplies number by
number, adds up all products and a bias, and writes the sum into one cell of the output.
"""

import base64
from typing import NamedTuple

import ipywidgets
import numpy as np
import traitlets
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cs231n.course.demos.canvas import PALETTE, AnsweringCanvas, png, script

NUM_FILTERS, CHANNELS, SIZE, FILTER_SIZE = 2, 3, 5, 3
STRIDES = (1, 3)  # least and most
PADS = (0, 2)
BIASES = np.array([1, 0])

#: The picture, in cells: room for the largest input and output, whatever the controls say.
COLUMNS, ROWS = 39.6, 19.5
MARGIN = 0.6
#: A cell of the picture in CSS pixels, where the page is wide enough.
CELL = 23
INPUT_ROOM = SIZE + 2 * PADS[1]
OUTPUT_ROOM = INPUT_ROOM - FILTER_SIZE + 1
CHANNEL_PITCH = INPUT_ROOM + 0.7
#: Where the input starts from above, and each filter, and the output of each filter.
INPUT_TOP, FILTER_TOPS, OUTPUT_TOPS = 1.3, (11.6, 16.0), (1.9, 11.3)
PRODUCTS_LEFT, SUM_LEFT = 4.0, 7.7  # in the room of a channel
BIAS_LEFT = MARGIN + CHANNELS * CHANNEL_PITCH
OUTPUT_LEFT = COLUMNS - MARGIN - OUTPUT_ROOM

INK, LINE, PAPER = "#1F1F1F", "#BDBDBD", "#FFFFFF"
#: The cells of the padding.
FAINT_INK, FAINT_PAPER = "#757575", "#EEEEEE"

HINT = (
    '<div style="line-height: 1.4">Click a cell of the output to go to its step. With the '
    "keyboard: Tab to the picture, then the left and right arrow keys.</div>"
)

CSS = """
.cs231n-convolution-caption { font-variant-numeric: tabular-nums; line-height: 1.4;
  margin-top: 4px; min-height: 4.2em; white-space: pre-line; }
"""


def draw_numbers(seed):
    """Draw an input x (3, 5, 5) of 0, 1 and 2, and filters w (2, 3, 3, 3) of -1, 0 and 1.

    The same seed gives the same numbers everywhere.
    """
    random = np.random.RandomState(seed)
    x = random.randint(0, 3, size=(CHANNELS, SIZE, SIZE))
    return x, random.randint(-1, 2, size=(NUM_FILTERS, CHANNELS, FILTER_SIZE, FILTER_SIZE))


def _text(number):
    """A number with a true minus."""
    return str(number).replace("-", "\N{MINUS SIGN}")


class SlidingWindow:
    """A convolution, one number of the output at a time.

    x (C, H, H), the input; w (F, C, K, K), the filters; b (F,), their biases. The steps are
    counted from 0: filter by filter, and there row by row. Where windows of this stride do not
    fit into the padded input, there are none.
    """

    def __init__(self, x, w, b, stride, pad):
        self.x_padded = np.pad(x, [(0, 0), (pad, pad), (pad, pad)])
        self.w, self.b, self.stride, self.pad = w, b, stride, pad
        self.places = (x.shape[1] + 2 * pad - w.shape[2]) / stride + 1
        self.fits = self.places.is_integer()
        side = int(self.places) if self.fits else 0
        self.out_shape = (len(w), side, side)
        self.num_steps = int(np.prod(self.out_shape))

    def place(self, step):
        """The filter, row and column of the output that a step computes."""
        return tuple(int(index) for index in np.unravel_index(step, self.out_shape))

    def corner(self, step):
        """Row and column of the padded input where the window of a step starts."""
        _, row, column = self.place(step)
        return row * self.stride, column * self.stride

    def products(self, step):
        """The numbers of the window, each times that of the filter on it: (C, K, K)."""
        weights = self.w[self.place(step)[0]]
        top, left = self.corner(step)
        _, height, width = weights.shape
        return self.x_padded[:, top : top + height, left : left + width] * weights

    def value(self, step):
        """The number of the output that a step computes."""
        return self.products(step).sum() + self.b[self.place(step)[0]]

    def describe_size(self):
        """Say in a line how large the output is, or that there is none."""
        size = self.x_padded.shape[1] - 2 * self.pad
        kernel = self.w.shape[2]
        formula = f"({size} + 2*{self.pad} \N{MINUS SIGN} {kernel})/{self.stride} + 1"
        if not self.fits:
            return f"{formula} = {self.places:.2f} is no whole number: this stride does not fit"
        side = self.out_shape[1]
        return f"Size of the output: {formula} = {side}, so {side} × {side} for each filter."

    def describe_step(self, step):
        """Say in two lines what a step computes, and from which numbers."""
        (index, row, column), (top, left) = self.place(step), self.corner(step)
        reach = self.w.shape[2] - 1
        padded = "padded " if self.pad else ""
        sums = [
            f"channel {channel}: {_text(total)}"
            for channel, total in enumerate(self.products(step).sum(axis=(1, 2)))
        ]
        return (
            f"Step {step + 1} of {self.num_steps}: W{index} on rows {top} to {top + reach} and "
            f"columns {left} to {left + reach} of the {padded}input "
            f"gives out[{index}, {row}, {column}].\n"
            f"{', '.join(sums)}, bias {_text(self.b[index])} → {_text(self.value(step))}"
        )

    def describe(self, step):
        """Say what the picture of a step shows."""
        size = self.describe_size()
        return f"{size}\n{self.describe_step(step)}" if self.fits else size


class Grid(NamedTuple):
    """A matrix in the picture; lengths are in cells.

    texts: rows of what its cells say; pad: how many cells along each edge are padding; outlined:
    row, column, height and width of the part that the present step uses, in `colour`, or empty;
    first_step: where a click on a cell goes to its step, that of the first cell, else -1.
    """

    title: str
    left: float
    top: float
    texts: list
    pad: int = 0
    outlined: tuple = ()
    colour: str = LINE
    first_step: int = -1


def _texts(matrix):
    return [[_text(number) for number in row] for row in matrix]


def _input_grid(window, step, channel, colour):
    numbers = window.x_padded[channel]
    inset = (INPUT_ROOM - len(numbers)) / 2
    return Grid(
        title=f"x[{channel}], padded" if window.pad else f"x[{channel}]",
        left=MARGIN + channel * CHANNEL_PITCH + inset,
        top=INPUT_TOP + inset,
        texts=_texts(numbers),
        pad=window.pad,
        outlined=(*window.corner(step), FILTER_SIZE, FILTER_SIZE) if window.fits else (),
        colour=colour,
    )


def _filter_grids(window, index, is_used, colour):
    """The channels of a filter side by side, and its bias."""
    top = FILTER_TOPS[index]
    whole = (0, 0, FILTER_SIZE, FILTER_SIZE) if is_used else ()
    grids = [
        Grid(
            title=f"W{index}[{channel}]",
            left=MARGIN + channel * CHANNEL_PITCH,
            top=top,
            texts=_texts(weights),
            outlined=whole,
            colour=colour,
        )
        for channel, weights in enumerate(window.w[index])
    ]
    one = (0, 0, 1, 1) if is_used else ()
    bias = [[_text(window.b[index])]]
    return [*grids, Grid(f"b{index}", BIAS_LEFT, top + 1, bias, outlined=one, colour=colour)]


def _product_grids(window, step, colour):
    """Beside each channel of the filter: the products, and their sum."""
    top = FILTER_TOPS[window.place(step)[0]]
    grids = []
    for channel, products in enumerate(window.products(step)):
        left = MARGIN + channel * CHANNEL_PITCH
        grids += [
            Grid("products", left + PRODUCTS_LEFT, top, _texts(products)),
            Grid(
                title="sum",
                left=left + SUM_LEFT,
                top=top + 1,
                texts=[[_text(products.sum())]],
                outlined=(0, 0, 1, 1),
                colour=colour,
            ),
        ]
    return grids


def _output_grid(window, step, index, colour):
    """What is computed of the output of a filter; the cells of later steps are empty."""
    side = window.out_shape[1]
    first_step = index * side * side
    inset = (OUTPUT_ROOM - side) / 2
    texts = [[""] * side for _ in range(side)]
    for earlier in range(first_step, min(step + 1, first_step + side * side)):
        _, row, column = window.place(earlier)
        texts[row][column] = _text(window.value(earlier))
    used, row, column = window.place(step)
    return Grid(
        title=f"out[{index}]",
        left=OUTPUT_LEFT + inset,
        top=OUTPUT_TOPS[index] + inset,
        texts=texts,
        outlined=(row, column, 1, 1) if index == used else (),
        colour=colour,
        first_step=first_step,
    )


def grids_of(window, step):
    """All the Grids of the picture of a step; of the input and filters only, where there is none.

    The outlines have the colour of the filter that the step uses.
    """
    used = window.place(step)[0] if window.fits else None
    colour = LINE if used is None else PALETTE[used][0]
    grids = [_input_grid(window, step, channel, colour) for channel in range(CHANNELS)]
    for index in range(NUM_FILTERS):
        grids += _filter_grids(window, index, index == used, colour)
    if window.fits:
        grids += _product_grids(window, step, colour)
        grids += [_output_grid(window, step, index, colour) for index in range(NUM_FILTERS)]
    return grids


def _draw_grid(axes, grid):
    """Draw a Grid on axes with a cell as the unit, y pointing down."""
    centred = {"ha": "center", "va": "center_baseline"}
    height, width = np.shape(grid.texts)
    axes.text(grid.left + width / 2, grid.top - 0.5, grid.title, size=9, **centred)
    is_pad = np.ones((height, width))
    is_pad[grid.pad : height - grid.pad, grid.pad : width - grid.pad] = 0
    columns, rows = grid.left + np.arange(width + 1), grid.top + np.arange(height + 1)
    papers = ListedColormap([PAPER, FAINT_PAPER])
    axes.pcolormesh(columns, rows, is_pad, cmap=papers, vmin=0, vmax=1, edgecolor=LINE, lw=0.7)
    for (row, column), text in np.ndenumerate(grid.texts):
        ink = FAINT_INK if is_pad[row, column] else INK
        axes.text(columns[column] + 0.5, rows[row] + 0.5, text, color=ink, size=8, **centred)
    if grid.outlined:
        row, column, height, width = grid.outlined
        place = (columns[column], rows[row])
        axes.add_artist(Rectangle(place, width, height, color=grid.colour, alpha=0.15))
        axes.add_artist(Rectangle(place, width, height, fill=False, ec=grid.colour, lw=2))


def static_picture(grids, caption):
    """Draw the grids; return the bytes of a PNG image."""
    # A Figure of its own, since one of pyplot's would also be shown by the notebook.
    # No layout by matplotlib either: every place is known, in cells of CELL dots.
    width, height, above = COLUMNS * CELL / 100, ROWS * CELL / 100, 0.6
    figure = Figure(figsize=(width, height + above), layout="none")
    axes = figure.add_axes((0, 0, 1, height / (height + above)), xlim=(0, COLUMNS), ylim=(ROWS, 0))
    axes.axis("off")
    axes.set_title(caption, fontsize=9)
    for grid in grids:
        _draw_grid(axes, grid)
    return png(figure)


class ConvolutionCanvas(AnsweringCanvas):
    """The picture: grids, as dicts, on a sheet of columns x rows cells.

    The browser only asks; `answer` does. While `running`, it asks for the next step, waits for
    the answer and a moment more, and asks again. So nothing runs where nobody looks, and other
    cells take their turn between steps.
    """

    _esm = script("convolution.js")
    _css = CSS

    grids = traitlets.List().tag(sync=True)
    columns = traitlets.Float(COLUMNS).tag(sync=True)
    rows = traitlets.Float(ROWS).tag(sync=True)
    cell = traitlets.Float(CELL).tag(sync=True)
    #: The colours of ink and paper, and of those of the padding, and of the lines.
    colours = traitlets.List([INK, PAPER, FAINT_INK, FAINT_PAPER, LINE]).tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)

    def show(self, grids):
        """Show the Grids."""
        with self.hold_sync():
            self.grids = [grid._asdict() for grid in grids]
            self.frame += 1


def _button(description, icon):
    return ipywidgets.Button(description=description, icon=icon, layout={"width": "130px"})


def _slider(description, value, reach):
    return ipywidgets.IntSlider(
        value, *reach, description=description, style={"description_width": "60px"}
    )


class ConvolutionDemo(ipywidgets.VBox):
    """The sliding window and its controls; the last line of a cell shows it.

    The controls are the widgets `back`, `step_button`, `play`, `reset`, `new_numbers`, `stride`
    and `pad`. `canvas` is the picture, and `caption` has the arithmetic of the present step,
    which is number `step` of those of `window`.
    """

    def __init__(self, seed=0):
        self.seed = seed
        self.canvas = ConvolutionCanvas(answer=self.answer)
        self.caption = ipywidgets.HTML()
        self.back = _button("Back", "step-backward")
        self.step_button = _button("Step", "step-forward")
        self.play = ipywidgets.ToggleButton(
            description="Play", icon="play", layout={"width": "130px"}
        )
        self.reset = _button("Reset", "fast-backward")
        self.new_numbers = _button("New numbers", "random")
        self.stride = _slider("Stride", 2, STRIDES)
        self.pad = _slider("Padding", 1, PADS)
        self.buttons = [self.back, self.step_button, self.play, self.reset]
        wrap = {"flex_flow": "row wrap"}
        super().__init__(
            [
                self.canvas,
                self.caption,
                ipywidgets.HBox([*self.buttons, self.new_numbers], layout=wrap),
                ipywidgets.HBox([self.stride, self.pad], layout=wrap),
                ipywidgets.HTML(HINT),
            ]
        )
        self._listen()
        self._begin()

    def _listen(self):
        self.back.on_click(lambda _button: self.go(self.step - 1))
        self.step_button.on_click(lambda _button: self.go(self.step + 1))
        self.reset.on_click(self._reset)
        self.new_numbers.on_click(self._next_seed)
        self.stride.observe(self._begin, "value")
        self.pad.observe(self._begin, "value")
        traitlets.link((self.play, "value"), (self.canvas, "running"))
        self.play.observe(self._name_play_button, "value")

    def _name_play_button(self, _change):
        playing = self.play.value
        self.play.description = "Pause" if playing else "Play"
        self.play.icon = "pause" if playing else "play"

    def _next_seed(self, _button):
        self.seed += 1
        self._begin()

    def _reset(self, _button):
        self.play.value = False
        self.go(0)

    def _begin(self, _change=None):
        """Show the first step with the present numbers, stride and padding."""
        x, w = draw_numbers(self.seed)
        self.window = SlidingWindow(x, w, BIASES, self.stride.value, self.pad.value)
        for button in self.buttons:
            button.disabled = not self.window.fits
        self.go(0)

    def go(self, step):
        """Show a step, or the nearest that there is; playing ends with the last one."""
        last = self.window.num_steps - 1
        self.step = max(0, min(step, last))
        if self.step >= last:
            self.play.value = False
        self.caption.value = f'<div class="cs231n-convolution-caption">{self.describe()}</div>'
        # The picture last: with it, the browser knows that the answer is complete.
        self.canvas.show(grids_of(self.window, self.step))

    def answer(self, request):
        """Do what the browser asks: {"by": 1} or -1, {"go": step}, or {"play": True}."""
        if "by" in request:
            self.go(self.step + request["by"])
        elif "go" in request:
            self.go(request["go"])
        # It may have been stopped while the request was on its way.
        elif self.play.value:
            # After the last step comes the first: so Play starts again at the end.
            self.go((self.step + 1) % self.window.num_steps)

    def describe(self):
        """Say what the picture shows."""
        return self.window.describe(self.step)

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        image = static_picture(grids_of(self.window, self.step), self.describe())
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = self.describe()
        return bundle
