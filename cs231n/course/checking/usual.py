"""What an error in an answer usually comes from, told by its kind and its text."""

import re

from cs231n.course.checking.failures import NONE
from cs231n.course.checking.limits import MEMORY

OF_KIND = {
    RecursionError: "the function calls itself without end",
    MemoryError: f"it takes more than {MEMORY / 1e9:g} GB of memory: an array with an axis too "
    "many, made by broadcasting, or a list that grows without end",
    SystemExit: "exit() and sys.exit() end Python: a function ends with return, or raises an error",
    EOFError: "input() waits for somebody to type, and in a check nobody does",
}
INNER_LENGTHS = (
    "the inner lengths of a matrix product differ: (N, D) times (D, M) is what goes, and .T "
    "exchanges rows and columns"
)
# Some words of an error's text, and what it comes from.
OF_TEXT = {
    "truth value of an array": "an array stands where one True or False is asked for: np.where, or "
    ".any(), .all()",
    "cannot reshape": "the new shape holds another number of entries than there are",
    "inhomogeneous": "parts of different shapes cannot be one array",
    "array element with a sequence": "an array stands where a single number belongs: is a sum over "
    "it missing?",
    "could not broadcast input array": "what was computed has another shape than the place that it "
    "is written to: is it the right axis?",
    "as a data type": "a shape is one argument, with brackets of its own: np.zeros((N, D))",
    "mismatch in its core dimension": INNER_LENGTHS,
    "not aligned": INNER_LENGTHS,
    "casting rule": "an array of integers cannot take what stands behind the point: np.zeros "
    "makes floats, np.zeros_like of integers does not",
    "converted to Python scalars": "a function for one number, such as math.exp, got an array: "
    "np.exp takes both",
    "'tuple' object cannot be interpreted as an integer": "a shape stands where a length is asked "
    "for: randn(*shape) hands over its lengths one by one",
    "object is not callable": "round brackets call what stands before: is a * missing, or has a "
    "variable the name of a function?",
    "for @:": "@ is the product of matrices: * multiplies numbers, and arrays entry by entry",
    "'NoneType' object has no attribute": NONE,
    "'NoneType' object is not subscriptable": NONE,
    "'list' object has no attribute": "a list stands where an array is meant: np.array(…) makes "
    "one, np.concatenate(…) joins several",
}


def usual_cause(error, frame):
    """A sentence, or None.

    frame: of the learner's code, where the error was raised in it or below; or None.
    """
    for kind, cause in OF_KIND.items():
        if isinstance(error, kind):
            return cause
    this = frame.f_locals.get("self") if frame else None
    if isinstance(error, NameError):
        return _unknown_name(error.name, frame, this)
    if isinstance(error, AttributeError) and this is not None and error.obj is this:
        return f"nothing has set self.{error.name}: a method keeps on self what a later one needs"
    for words, cause in OF_TEXT.items():
        if words in str(error):
            return cause
    return _row_for_column(str(error))


def _unknown_name(name, frame, this):
    if name == "np":
        if frame:
            return "numpy is not imported in this file: import numpy as np, at its top"
        return "the setup cell at the top of the notebook was not run"
    if name and hasattr(this, name):
        return f"it belongs to the object: self.{name}"
    return None


def _row_for_column(text):
    """What is told where shapes such as (5, 3) and (5,) do not fit."""
    if "operands could not be broadcast" not in text:
        return None
    shapes = re.findall(r"\((\d+),(\d*)\)", text)
    rows = {first for first, second in shapes if second}
    if any(not second and first in rows for first, second in shapes):
        return (
            "one number for each row has to stand in a column (N, 1) to meet the rows: keepdims in "
            "a sum, or [:, None]"
        )
    return None
