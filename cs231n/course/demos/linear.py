"""A linear classifier in the plane, to train by hand or by gradient descent.

``LinearDemo()`` as the last line of a cell shows nine points of three classes, and each spot
of the plane in the colour of the class with the highest score there. A line shows where the
score of a class is zero. The weights and biases can be set with sliders, or follow their
gradients step by step.
"""

import base64
from functools import partial
from typing import NamedTuple

import ipywidgets
import numpy as np
import traitlets
from matplotlib.figure import Figure

from cs231n.course.demos.canvas import HINT, PALETTE, PlaneCanvas, png, script

KINDS = ("Weston-Watkins", "one-vs-all", "structured", "softmax")
NUM_CLASSES = 3

#: (9, 2), each within [-1, 1], and their classes (9,).
POINTS = np.array(
    [
        [[-0.70, 0.34], [-0.42, 0.66], [-0.12, 0.30]],
        [[0.30, 0.72], [0.68, 0.46], [0.42, 0.12]],
        [[-0.44, -0.30], [0.06, -0.66], [0.36, -0.36]],
    ]
).reshape(9, 2)
LABELS = np.repeat(np.arange(NUM_CLASSES), 3)

#: The whole plane that is shown, as a polygon.
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])

#: A slider goes from minus this to this. Training may lead further.
REACH = 6
#: From one place of a slider to the next. Training goes by finer steps.
NOTCH = 0.05
#: Training ends where a weight would be larger than this: nothing can be seen there any more.
LIMIT = 1e6

FORMULAS = {
    "Weston-Watkins": "&sum;<sub>j&ne;y</sub> max(0, s<sub>j</sub> &minus; s<sub>y</sub> + 1)",
    "one-vs-all": "max(0, 1 &minus; s<sub>y</sub>) + "
    "&sum;<sub>j&ne;y</sub> max(0, 1 + s<sub>j</sub>)",
    "structured": "max(0, 1 + max<sub>j&ne;y</sub> s<sub>j</sub> &minus; s<sub>y</sub>)",
    "softmax": "&minus;log p<sub>y</sub>, where p<sub>j</sub> is in proportion to "
    "e<sup>s<sub>j</sub></sup>",
}

#: Takes an even share of the row.
WIDE = {"flex": "1 1 0", "width": "auto"}

PARAMETER_HEADS = ("w<sub>0</sub>", "w<sub>1</sub>", "b")

LEGEND = (
    '<div style="line-height: 1.4; margin-top: 4px">Line: the score of this class is zero; its '
    "arrow points to where the score grows. Below each slider: the value, and &part; the "
    "gradient of the total loss. Underlined: the score of the true class.</div>"
)

TOO_LARGE = (
    '<div class="cs231n-linear-warning">Stopped, since the weights grow without end: <b>the step '
    "size is too large</b> for this loss and regularisation. Make it smaller, then press "
    "Randomize.</div>"
)

CSS = """
.cs231n-linear-table { border-collapse: collapse; font-variant-numeric: tabular-nums;
  line-height: 20px; margin-top: 6px; table-layout: fixed; width: 100%; }
.cs231n-linear-table :is(th:first-child, th:nth-child(4)) { width: 22px; }
.cs231n-linear-table :is(th, td) { padding: 0 6px; text-align: right; }
.cs231n-linear-table thead th { border-bottom: 1px solid var(--jp-border-color1, #bdbdbd);
  font-weight: normal; }
.cs231n-linear-table b { text-decoration: underline; text-underline-offset: 2px; }
.cs231n-linear-chip { border-radius: 3px; color: white; display: inline-block; font-size: 11px;
  font-weight: bold; height: 17px; line-height: 17px; min-width: 9px; padding: 0 4px;
  text-align: center; }
.cs231n-linear-chip sub { line-height: 0; }
.cs231n-linear-point { border-radius: 50%; }
.cs231n-linear-numbers { display: grid; font-variant-numeric: tabular-nums;
  grid-template-columns: repeat(3, 134px); line-height: 16px; text-align: center; }
.cs231n-linear-numbers i { opacity: 0.75; margin-left: 10px; }
.cs231n-linear-caption { line-height: 1.4; margin-top: 4px; white-space: pre-line; }
.cs231n-linear-warning { background: #FFF1C9; border-radius: 3px; color: #4A3200;
  line-height: 1.4; padding: 4px 8px; }
"""


class Outcome(NamedTuple):
    """What a linear classifier makes of N points of D numbers and C classes.

    scores (N, C); per_example (N,), the loss of each point; data_loss, their mean;
    reg_loss; dW (D, C) and db (C,), the gradients of data_loss + reg_loss.
    """

    scores: np.ndarray
    per_example: np.ndarray
    data_loss: float
    reg_loss: float
    dW: np.ndarray
    db: np.ndarray

    @property
    def loss(self):
        """The loss that training makes small."""
        return self.data_loss + self.reg_loss


def rival_leads(scores, y):
    """How far each wrong class is ahead of the true one: s_j - s_y (N, C).

    At the true class, which is no rival of itself, that is minus infinity.
    """
    true = y[:, np.newaxis]
    ahead = scores - np.take_along_axis(scores, true, axis=1)
    np.put_along_axis(ahead, true, -np.inf, axis=1)
    return ahead


def _weston_watkins(ahead):
    """Every rival that is not a whole margin behind adds what it lacks."""
    missing = np.maximum(0, ahead + 1)
    return missing.sum(axis=1), np.float64(missing > 0)


def _structured(ahead):
    """As _weston_watkins, but only the foremost rival counts."""
    missing = np.maximum(0, ahead + 1)
    is_foremost = np.arange(ahead.shape[1]) == ahead.argmax(axis=1)[:, np.newaxis]
    return missing.max(axis=1), np.float64(is_foremost & (missing > 0))


def _softmax(ahead):
    """Every rival counts by its probability."""
    # The true class is ahead of itself by the initial 0. No exponential can overflow:
    # logaddexp takes the largest out first, and the losses are no less than any lead.
    losses = np.logaddexp.reduce(ahead, axis=1, initial=0)
    return losses, np.exp(ahead - losses[:, np.newaxis])


def _one_vs_all(scores, is_true):
    """Each class on its own: its score should be above 1 if it is true, else below -1."""
    side = np.where(is_true, 1, -1)
    missing = np.maximum(0, 1 - side * scores)
    return missing.sum(axis=1), -side * (missing > 0)


#: Take the leads of the rivals; return the losses (N,) and the share (N, C) of each rival.
_OF_RIVALS = {"Weston-Watkins": _weston_watkins, "structured": _structured, "softmax": _softmax}


def score_losses(kind, scores, y):
    """The loss of each example, and how it changes with the scores.

    kind is one of KINDS; scores (N, C); y (N,), the true classes. Returns losses (N,) and
    their derivatives (N, C) by the scores.
    """
    is_true = np.arange(scores.shape[1]) == y[:, np.newaxis]
    if kind == "one-vs-all":
        return _one_vs_all(scores, is_true)
    if kind not in _OF_RIVALS:
        raise ValueError(f"kind is {kind!r}; it can be one of {', '.join(KINDS)}")
    losses, shares = _OF_RIVALS[kind](rival_leads(scores, y))
    # Only differences to the true score count here. So what pushes down the rivals, each by
    # its share, pulls up the true class by all of these together.
    return losses, np.where(is_true, -shares.sum(axis=1, keepdims=True), shares)


def losses_and_gradients(kind, X, y, W, b, reg):
    """The Outcome of the scores X W + b: X (N, D), y (N,), W (D, C), b (C,).

    reg * sum(W * W) is added to the mean loss; the biases are free.
    """
    scores = X @ W + b
    per_example, dscores = score_losses(kind, scores, y)
    return Outcome(
        scores=scores,
        per_example=per_example,
        data_loss=per_example.mean(),
        reg_loss=reg * np.sum(W * W),
        dW=X.T @ dscores / len(X) + 2 * reg * W,
        db=dscores.mean(axis=0),
    )


def draw_weights(seed):
    """Draw W (2, 3) and b (3,). The same seed gives the same numbers everywhere."""
    random = np.random.RandomState(seed)
    return random.normal(size=(2, NUM_CLASSES)), random.normal(scale=0.5, size=NUM_CLASSES)


def cut(polygon, weights, offset):
    """Cut a convex polygon (K, 2) along the line where x . weights + offset is zero.

    Returns the corners (L, 2) of the part where that is positive, and the places where the
    line crosses the outline: (2, 2), or (0, 2) where it does not.
    """
    heights = polygon @ weights + offset
    corners, crossings = [], []
    ends = zip(polygon, heights, np.roll(polygon, -1, axis=0), np.roll(heights, -1), strict=True)
    for here, height, there, next_height in ends:
        if height > 0:
            corners.append(here)
        if (height > 0) != (next_height > 0):
            crossings.append(here + height / (height - next_height) * (there - here))
            corners.append(crossings[-1])
    return np.reshape(corners, (-1, 2)), np.reshape(crossings, (-1, 2))


def class_regions(W, b):
    """Where in the square each class has the highest score: a polygon (K, 2) for each.

    K is 0 where a class wins nowhere. Where scores are equal, nobody wins.
    """
    regions = []
    for winner in range(len(b)):
        region = SQUARE
        for loser in set(range(len(b))) - {winner}:
            region, _ = cut(region, W[:, winner] - W[:, loser], b[winner] - b[loser])
        regions.append(region)
    return regions


def zero_lines(W, b):
    """Where the score of each class is zero, and where it grows.

    Returns for each class (3, 2): both ends of the line in the square, and the direction of
    steepest ascent, of length 1; or (0, 2) where the line does not cross the square.
    """
    lines = []
    for weights, bias in zip(W.T, b, strict=True):
        _, ends = cut(SQUARE, weights, bias)
        ascent = [weights / np.hypot(*weights)] if len(ends) else []
        lines.append(np.reshape([*ends, *ascent], (-1, 2)))
    return lines


def _number(value, digits):
    """A number with a true minus, and short where it is huge."""
    text = f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.0e}"
    # No minus before what is shown as zero.
    return text.replace("-", "" if float(text) == 0 else "\N{MINUS SIGN}")


def describe(kind, outcome, y, num_steps):
    """Say in two lines how well the classifier does."""
    right = np.count_nonzero(rival_leads(outcome.scores, y).max(axis=1) < 0)
    steps = "1 step" if num_steps == 1 else f"{num_steps} steps"
    data_loss, reg_loss, loss = (
        _number(value, 3) for value in (outcome.data_loss, outcome.reg_loss, outcome.loss)
    )
    return (
        f"{kind}, {steps}: {right} of {len(y)} points are classified right.\n"
        f"data loss {data_loss} + regularisation loss {reg_loss} = total loss {loss}"
    )


def _chip(label, text, kind=""):
    colour = PALETTE[label][0]
    return f'<span class="cs231n-linear-chip {kind}" style="background: {colour}">{text}</span>'


def _score_cell(score, is_true):
    text = _number(score, 2)
    return f"<td><b>{text}</b></td>" if is_true else f"<td>{text}</td>"


def _loss_cell(loss):
    shade = min(loss / 4, 0.5)
    return f'<td style="background: rgba(219, 90, 18, {shade:.2f})">{_number(loss, 2)}</td>'


def points_table(points, labels, outcome):
    """HTML: a row for each point with its place, class, scores and loss."""
    heads = ["", "x<sub>0</sub>", "x<sub>1</sub>", "y"]
    heads += [_chip(label, f"s<sub>{label}</sub>") for label in range(NUM_CLASSES)]
    head = "".join(f"<th>{text}</th>" for text in [*heads, "loss"])
    rows = []
    for index, (point, label) in enumerate(zip(points, labels, strict=True)):
        cells = [f"<td>{_chip(label, index, 'cs231n-linear-point')}</td>"]
        cells += [f"<td>{_number(value, 2)}</td>" for value in point]
        cells += [f"<td>{_chip(label, label)}</td>"]
        cells += [
            _score_cell(score, column == label)
            for column, score in enumerate(outcome.scores[index])
        ]
        cells += [_loss_cell(outcome.per_example[index])]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<table class="cs231n-linear-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _pair(value, gradient):
    """HTML: the value of a parameter, and its gradient."""
    return f"{_number(value, 2)}<i>&part; {_number(gradient, 3)}</i>"


def _draw_line(axes, start, end, ascent, colour):
    """Draw a zero-score line, with an arrow from its middle."""
    axes.plot(*np.transpose([start, end]), color=colour)
    middle = (start + end) / 2
    style = {"arrowstyle": "->", "color": colour, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=middle + 0.15 * ascent, xytext=middle, arrowprops=style)


def static_picture(points, labels, W, b, caption):
    """Draw the regions, lines and points; return the bytes of a PNG image."""
    # A Figure of its own, since one of pyplot's would also be shown by the notebook.
    figure = Figure(figsize=(4.4, 4.8), layout="constrained")
    axes = figure.add_subplot(xlim=(-1, 1), ylim=(-1, 1), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    axes.set_title(caption, fontsize=9)
    axes.set_aspect("equal")
    for region, (_, tint) in zip(class_regions(W, b), PALETTE, strict=False):
        axes.fill(*region.T, color=tint, linewidth=0)
    for line, (colour, _) in zip(zero_lines(W, b), PALETTE, strict=False):
        if len(line):
            _draw_line(axes, *line, colour)
    marks = [PALETTE[label][0] for label in labels]
    x, y = np.transpose(points)
    axes.scatter(x, y, s=110, c=marks, edgecolors="white", linewidths=1.2, zorder=3)
    for index, place in enumerate(points):
        axes.annotate(index, place, color="white", size=8, ha="center", va="center_baseline")
    return png(figure)


class LinearCanvas(PlaneCanvas):
    """The picture: points, the regions of the classes, and their zero-score lines.

    regions and lines: as class_regions and zero_lines return them, as lists. While `running`,
    the browser requests a step, waits for the answer and a moment more, and requests the
    next. So nothing runs where nobody looks, and other cells take their turn between steps.
    """

    _esm = script("linear.js")
    _css = CSS

    regions = traitlets.List().tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)

    def __init__(self, step):
        super().__init__(
            low=-1, high=1, points=POINTS.tolist(), labels=LABELS.tolist(), palette=PALETTE
        )
        self._step = step

    def answer(self, request):
        """Do what the browser asks: {"move": [index, x, y]}, {"step": True}, or both."""
        super().answer(request)
        # It may have been stopped while the request was on its way.
        if request.get("step") and self.running:
            self._step()

    def show(self, W, b):
        """Show the regions and lines of the weights W and biases b."""
        with self.hold_sync():
            self.regions = [region.tolist() for region in class_regions(W, b)]
            self.lines = [line.tolist() for line in zero_lines(W, b)]
            self.frame += 1


def _numbers_row(cells):
    """HTML: three cells, each below the slider of its column."""
    spans = "".join(f"<span>{cell}</span>" for cell in cells)
    return f'<div class="cs231n-linear-numbers">{spans}</div>'


def _at_slider(value):
    """Where the slider of a weight stands: near its value, or at the nearer end."""
    return NOTCH * round(np.clip(value, -REACH, REACH) / NOTCH)


def _parameter_slider(title):
    return ipywidgets.FloatSlider(
        min=-REACH,
        max=REACH,
        step=NOTCH,
        readout=False,
        tooltip=title,
        layout={"width": "126px", "margin": "0 4px", "height": "22px"},
    )


def _log_slider(description, value, least, most):
    """A slider of the powers of ten from 10 ** least to 10 ** most."""
    return ipywidgets.FloatLogSlider(
        value,
        min=least,
        max=most,
        step=0.1,
        description=description,
        readout_format=".2g",
        style={"description_width": "100px"},
        layout={"width": "436px"},
    )


class LinearDemo(ipywidgets.VBox):
    """The linear classifier and its controls; the last line of a cell shows it.

    The controls are the widgets `kind`, `step_button`, `run`, `randomize`, `step_size`,
    `reg` and `sliders`: for each class, those of its two weights and its bias. `canvas` is
    the picture, `table` lists the points, `caption` sums up, and `message` warns.
    The weights W (2, 3) and biases b (3,) may lie beyond the reach of their sliders, which
    then stand at the end; the numbers below them tell the truth.
    """

    def __init__(self, kind="softmax", seed=0):
        self.seed = seed
        self.canvas = LinearCanvas(step=self.step)
        self.kind = ipywidgets.ToggleButtons(
            options=KINDS, value=kind, style={"button_width": "auto"}
        )
        self.step_button = ipywidgets.Button(description="Step", icon="step-forward", layout=WIDE)
        self.run = ipywidgets.ToggleButton(description="Run", icon="play", layout=WIDE)
        self.randomize = ipywidgets.Button(description="Randomize", icon="random", layout=WIDE)
        self.step_size = _log_slider("Step size", 0.1, -3, 1)
        self.reg = _log_slider("Regularisation", 0.001, -5, 0)
        self.sliders = [
            [_parameter_slider(f"{name} of class {label}") for name in ("w0", "w1", "b")]
            for label in range(NUM_CLASSES)
        ]
        self.numbers = [ipywidgets.HTML() for _ in self.sliders]
        self.formula, self.table, self.caption, self.message = (ipywidgets.HTML() for _ in range(4))
        super().__init__([self._lay_out()])
        self._listen()
        self._deal()

    @property
    def W(self):
        """The weights (2, 3): a column for each class."""
        return self._parameters[:2]

    @property
    def b(self):
        """The biases (3,)."""
        return self._parameters[2]

    def _lay_out(self):
        """The picture and training on the left, the numbers on the right or below."""
        buttons = ipywidgets.HBox(
            [self.step_button, self.run, self.randomize],
            layout={"width": "440px", "max_width": "100%", "margin": "4px 0 0 0"},
        )
        left = [self.canvas, self.caption, buttons, self.step_size, self.reg, self.message]
        grid = [ipywidgets.HTML(), ipywidgets.HTML(_numbers_row(PARAMETER_HEADS))]
        for label, (sliders, numbers) in enumerate(zip(self.sliders, self.numbers, strict=True)):
            grid += [ipywidgets.HTML(_chip(label, label))]
            grid += [ipywidgets.VBox([ipywidgets.HBox(sliders), numbers])]
        parameters = ipywidgets.GridBox(grid, layout={"grid_template_columns": "26px 408px"})
        right = [self.kind, self.formula, parameters, self.table, ipywidgets.HTML(LEGEND + HINT)]
        columns = [
            ipywidgets.VBox(left, layout={"width": "444px", "margin": "0 12px 0 0"}),
            ipywidgets.VBox(right, layout={"width": "438px"}),
        ]
        return ipywidgets.HBox(columns, layout={"flex_flow": "row wrap"})

    def _listen(self):
        self.canvas.observe(self._redraw, "points")
        self.kind.observe(self._redraw, "value")
        self.reg.observe(self._redraw, "value")
        for label, row in enumerate(self.sliders):
            for index, slider in enumerate(row):
                slider.observe(partial(self._set_parameter, index, label), "value")
        self.step_button.on_click(self.step)
        self.randomize.on_click(self._next_seed)
        traitlets.link((self.run, "value"), (self.canvas, "running"))
        self.run.observe(self._name_run_button, "value")

    def _name_run_button(self, _change):
        running = self.run.value
        self.run.description = "Stop" if running else "Run"
        self.run.icon = "stop" if running else "play"

    def _next_seed(self, _button):
        self.seed += 1
        self._deal()

    def _deal(self):
        """Begin anew with the weights of the present seed."""
        self._parameters = np.vstack(draw_weights(self.seed))
        self.num_steps = 0
        self._redraw()

    def _set_parameter(self, index, label, change):
        """Follow a slider, unless it was itself put where the parameter is.

        Browsers report that too, with a little rounding.
        """
        moved = change.new - _at_slider(self._parameters[index, label])
        if abs(moved) > NOTCH / 2:
            self._parameters[index, label] = change.new
            self._redraw()

    def outcome(self):
        """The Outcome with the present points, weights and controls."""
        points, labels = np.array(self.canvas.points), np.array(self.canvas.labels)
        return losses_and_gradients(self.kind.value, points, labels, self.W, self.b, self.reg.value)

    def step(self, _button=None):
        """Take a step of gradient descent, unless that leads out of all bounds."""
        outcome = self.outcome()
        gradients = np.vstack([outcome.dW, outcome.db])
        parameters = self._parameters - self.step_size.value * gradients
        # This way round, it is also false where a number is not a number.
        if np.all(np.abs(parameters) <= LIMIT):
            self._parameters = parameters
            self.num_steps += 1
            self._redraw()
        else:
            self.run.value = False
            self.message.value = TOO_LARGE

    def _redraw(self, _change=None):
        """Show the present state everywhere."""
        outcome = self.outcome()
        values = self._parameters.T
        gradients = np.vstack([outcome.dW, outcome.db]).T
        for label, (sliders, numbers) in enumerate(zip(self.sliders, self.numbers, strict=True)):
            for slider, value in zip(sliders, values[label], strict=True):
                slider.value = _at_slider(value)
            numbers.value = _numbers_row(map(_pair, values[label], gradients[label]))
        self.formula.value = f"Loss of a point: {FORMULAS[self.kind.value]}"
        self.table.value = points_table(self.canvas.points, self.canvas.labels, outcome)
        self.caption.value = f'<div class="cs231n-linear-caption">{self.describe()}</div>'
        self.message.value = ""
        # The picture last: with it, the browser knows that the answer is complete.
        self.canvas.show(self.W, self.b)

    def describe(self):
        """Say in two lines what the picture shows."""
        labels = np.array(self.canvas.labels)
        return describe(self.kind.value, self.outcome(), labels, self.num_steps)

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and a picture and a line for where no widget can be shown."""
        bundle = super()._repr_mimebundle_(**kwargs)
        canvas = self.canvas
        caption = self.describe()
        image = static_picture(canvas.points, canvas.labels, self.W, self.b, caption)
        bundle["image/png"] = base64.b64encode(image).decode()
        bundle["text/plain"] = caption
        return bundle
