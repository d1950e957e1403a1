"""A panel of text lines with a coloured bar, for notebooks and terminals alike."""

import textwrap

WIDTH = 88
COLOURS = {"wrong": "\x1b[31m", "todo": "\x1b[33m", "hint": "\x1b[34m"}
BOLD, RESET = "\x1b[1m", "\x1b[0m"


def panel(kind, title, lines, coloured=True):
    """The title in bold and the lines below, wrapped, with a bar at the left.

    kind is "wrong" (red), "todo" (yellow) or "hint" (blue); coloured=False leaves the ANSI codes
    out. Returns a list of strings of at most WIDTH visible characters.
    """
    bar, bold, reset = (COLOURS[kind], BOLD, RESET) if coloured else ("", "", "")
    body = [part for line in lines for part in _wrap(line)]
    return [f"{bar}┃{reset} {bold}{part}{reset}" for part in _wrap(title)] + [
        f"{bar}┃{reset} {part}" for part in body
    ]


def _wrap(line):
    return textwrap.wrap(line, WIDTH - 2, break_on_hyphens=False) or [""]
