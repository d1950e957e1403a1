"""What the demos in the plane share: colours, and a picture with points that a hand moves."""

import io
from pathlib import Path

import anywidget
import numpy as np
import traitlets

#: (points, region) of each class. These stay apart for the common kinds of colour blindness.
PALETTE = (
    ("#1747B5", "#8AB6EC"),
    ("#DB5A12", "#F2A67C"),
    ("#0B9068", "#C3F0C6"),
    ("#8A1E86", "#BDA0C9"),
    ("#5C4A00", "#FBE38B"),
)

HINT = (
    '<div style="line-height: 1.4">Drag a point. With the keyboard: Tab to the picture, '
    "arrow keys to move a point, Page Down for the next one.</div>"
)


def script(name):
    """The text of a demo's script, after the text that all of them share.

    A widget has one script, so the two become one here.
    """
    folder = Path(__file__).parent
    return "\n".join((folder / part).read_text(encoding="utf-8") for part in ("canvas.js", name))


def png(figure):
    """The bytes of a PNG image of a figure of matplotlib."""
    image = io.BytesIO()
    figure.savefig(image, format="png", dpi=100)
    return image.getvalue()


class AnsweringCanvas(anywidget.AnyWidget):
    """A picture whose script only asks. answer: a function that does what is asked, a dict."""

    #: Goes up with each answer, also where the picture stays the same.
    frame = traitlets.Int(0).tag(sync=True)

    def __init__(self, answer, **traits):
        super().__init__(**traits)
        self._answer = answer
        self.on_msg(self._receive)

    def _receive(self, _widget, content, _buffers):
        # One message back, whatever came of it: the browser waits for it with its next request.
        with self.hold_sync():
            self._answer(content)
            self.frame += 1


class PlaneCanvas(AnsweringCanvas):
    """A square of the plane with points, which a hand or the arrow keys move.

    points: list of [x, y], each in [low, high]; labels: list of int.
    The browser only asks for a move; whoever watches `points` answers with a new picture.
    """

    points = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    low = traitlets.Float(0).tag(sync=True)
    high = traitlets.Float(1).tag(sync=True)
    palette = traitlets.List(PALETTE).tag(sync=True)

    def __init__(self, **traits):
        super().__init__(self.answer, **traits)

    def answer(self, request):
        """Do what the browser asks: {"move": [index, x, y]}."""
        if "move" in request:
            self.move_point(*request["move"])

    def move_point(self, index, x, y):
        """Put a point at (x, y), each brought into [low, high]."""
        points = list(self.points)
        # The points may have become fewer while the request was on its way.
        if index < len(points):
            points[index] = np.clip([x, y], self.low, self.high).tolist()
        self.points = points
