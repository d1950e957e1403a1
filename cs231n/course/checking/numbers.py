"""How numbers and places are written in messages."""

import numpy as np

DIGITS = (4, 8, 17)  # of a number: as many as tell two numbers apart


def number(value, digits=DIGITS[0]):
    return f"{value:d}" if np.asarray(value).dtype.kind in "iu" else f"{value:.{digits}g}"


def at(index):
    """' at [2, 3]', or nothing for a single number."""
    return f" at [{', '.join(str(int(i)) for i in index)}]" if index else ""


def worst(got, expected, gap, says="got", against="expected"):
    """'worst at [2, 3]: got 17, expected 4.123', where `gap` is largest."""
    index = np.unravel_index(np.argmax(gap), np.shape(gap))
    place = f"worst{at(index)}: " if index else ""
    for digits in DIGITS:
        pair = number(got[index], digits), number(expected[index], digits)
        if pair[0] != pair[1]:
            break
    return f"{place}{says} {pair[0]}, {against} {pair[1]}"


def described(value):
    """An argument in a few words: its shape and type, or the thing itself where it is short."""
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype == np.float64 else f" {value.dtype}"
        return f"{value.shape}{kind}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {described(v)}" for key, v in value.items()) + "}"
    if isinstance(value, tuple) and 0 < len(value) <= 4:
        return f"({', '.join(map(described, value))})"
    text = repr(value) if isinstance(value, int | float | str | list | None) else ""
    return text if 0 < len(text) <= 40 else f"a {type(value).__name__}"
