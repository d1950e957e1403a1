"""Hints as a terminal shows them, and as a notebook does."""

import re
import textwrap

from cs231n.course.desk.panel import panel

WIDTH = 78  # with the panel's bar a line of 80
MORE = "--more"


def as_panels(exercise, hints, times, coloured=True):
    """The hints up to the one that is asked for, as lines for a terminal.

    times: how often more was asked for: 0 shows the first hint, 1 the first two, 2 all. A line
    below says what to type for the next.
    """
    shown = hints[: times + 1]
    lines = []
    for number, hint in enumerate(shown, start=1):
        title = f"Hint {number} of {len(hints)}: {exercise}"
        lines += [*panel("hint", title, _wrapped(hint), coloured), ""]
    if len(shown) < len(hints):
        return [*lines, f"More: python -m cs231n hint {exercise}{f' {MORE}' * len(shown)}"]
    return lines[:-1]


def as_markdown(exercise, hints, times):
    """The same as Markdown, for a notebook."""
    shown = hints[: times + 1]
    parts = [f"**Hint {n} of {len(hints)}.** {hint}" for n, hint in enumerate(shown, start=1)]
    if len(shown) < len(hints):
        parts.append(f"More: `%hint {exercise}{f' {MORE}' * len(shown)}`")
    return "\n\n".join(parts)


def _wrapped(hint):
    """A hint's lines: text is wrapped, and drawings, between fences, stand as they are."""
    lines = []
    for number, part in enumerate(re.split(r"^```.*\n?", hint, flags=re.MULTILINE)):
        for paragraph in filter(None, part.strip("\n").split("\n\n")):
            lines += [*(paragraph.splitlines() if number % 2 else _filled(paragraph)), ""]
    return lines[:-1]


def _filled(paragraph):
    """The lines of a paragraph, or of a list, whose items hang."""
    lines = []
    for item in re.split(r"\n(?=- )", paragraph):
        hanging = "  " if item.startswith("- ") else ""
        lines += textwrap.wrap(item, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)
    return lines
