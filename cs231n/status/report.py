"""The table of all exercises, for people and for programs."""

import json
from collections import Counter
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

MARKS = {"done": ("✓", "green"), "wrong": ("✗", "red"), "todo": ("○", "yellow")}
BAR = 24  # characters


def as_json(outcomes):
    """The outcomes as a JSON text."""
    return json.dumps({"exercises": [outcome.as_dict() for outcome in outcomes]}, indent=2)


def print_table(outcomes, console=None):
    """A table per notebook, a bar over all, and where to go next."""
    console = console or Console()
    for notebook, group in groupby(outcomes, key=lambda outcome: outcome.notebook):
        console.print(_notebook_table(notebook, list(group)))
        console.print()
    counts = Counter(outcome.status for outcome in outcomes)
    console.print(_bar(counts), _summary(counts))
    console.print(_next_step(outcomes), highlight=False)


def _notebook_table(notebook, outcomes):
    done = sum(outcome.status == "done" for outcome in outcomes)
    table = Table(
        title=f"{notebook}   {done} of {len(outcomes)}",
        title_justify="left",
        title_style="bold",
        box=None,
        show_header=False,
        pad_edge=False,
    )
    for style in (None, None, None, "dim"):
        table.add_column(style=style, overflow="fold")
    for outcome in outcomes:
        mark, colour = MARKS[outcome.status]
        table.add_row(
            Text(f"  {mark} {outcome.status}", style=colour, no_wrap=True),
            Text(outcome.id),
            Text(_short_message(outcome)),
        )
    return table


def _short_message(outcome):
    """Why it is not done, in a line or two; the rest is what `check` is for."""
    if outcome.status == "done":
        return ""
    lines = outcome.message.splitlines()
    cause = [line for line in lines[1:] if line.startswith("Likely cause")]
    return "\n".join(lines[:1] + cause)


def _bar(counts):
    total = sum(counts.values()) or 1
    bar = Text()
    drawn = seen = 0
    for status, (_, colour) in MARKS.items():
        seen += counts[status]
        width = round(BAR * seen / total) - drawn
        bar.append("█" * width if status != "todo" else "░" * width, style=colour)
        drawn += width
    return bar


def _summary(counts):
    return Text(", ".join(f"{counts[status]} {status}" for status in MARKS))


def _next_step(outcomes):
    """The first wrong answer, or else the first TODO."""
    for status, verb in (("wrong", "Mend"), ("todo", "Next")):
        for outcome in outcomes:
            if outcome.status == status:
                place = f" in {outcome.file}, line {outcome.line}" if outcome.file else ""
                return (
                    f"{verb}: [bold]{escape(outcome.id)}[/bold]{escape(place)}\n"
                    f"      python -m cs231n check {escape(outcome.id)}"
                )
    return "All done." if outcomes else "No exercise."
