"""The table of all exercises, for people and for programs."""

import json
from collections import Counter
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from cs231n.course.checking.failures import CAUSE
from cs231n.course.status.one_cell import NOT_WRITTEN

MARKS = {"done": ("✓", "green"), "wrong": ("✗", "red"), "todo": ("○", "yellow")}
BAR = 24  # characters


def as_json(outcomes):
    """The outcomes as a JSON text."""
    return json.dumps({"exercises": [outcome.as_dict() for outcome in outcomes]}, indent=2)


def as_markdown(outcomes, linked=False):
    """A table with a row per notebook, and below it what is wrong, or what comes next.

    linked: with links to the notebooks and files, as seen from the notebooks' folder.
    """
    lines = [f"**{_summary(Counter(outcome.status for outcome in outcomes))}**", ""]
    lines += ["| notebook | exercises | done |", "|---|---|---|"]
    for notebook, group in groupby(outcomes, key=lambda outcome: outcome.notebook):
        statuses = [outcome.status for outcome in group]
        name = f"[{notebook}]({notebook}.ipynb)" if linked else notebook
        done = f"{statuses.count('done')} of {len(statuses)}"
        lines.append(f"| {name} | {marks_of(statuses)} | {done} |")
    for outcome in outcomes:
        if outcome.status == "wrong":
            lines += ["", f"✗ {_place(outcome, linked)}", *_fenced(_short_message(outcome))]
    verb, outcome = _next(outcomes)
    if verb == "Next":
        lines += ["", f"{verb}: {_place(outcome, linked)}"]
    return "\n".join(lines)


def as_line(outcomes):
    """One line: a mark for each exercise, how many are done and wrong, and where to go next."""
    statuses = [outcome.status for outcome in outcomes]
    line = f"{marks_of(statuses)}  {statuses.count('done')} of {len(statuses)} done"
    if wrong := statuses.count("wrong"):
        line += f", {wrong} wrong"
    verb, outcome = _next(outcomes)
    return f"{line}. {verb}: {outcome.id}" if outcome else f"{line}."


def marks_of(statuses):
    """A mark for each of them: ✓✗○."""
    return "".join(MARKS[status][0] for status in statuses)


def print_table(outcomes, console=None):
    """A table per notebook, a bar over all, and where to go next."""
    console = console or Console(highlight=False)
    for notebook, group in groupby(outcomes, key=lambda outcome: outcome.notebook):
        group = list(group)
        done = sum(outcome.status == "done" for outcome in group)
        console.print(f"[bold]{notebook}[/bold]   {done} of {len(group)}")
        for outcome in group:
            _print_outcome(outcome, console)
        console.print()
    counts = Counter(outcome.status for outcome in outcomes)
    console.print(_bar(counts), Text(_summary(counts)))
    console.print(_next_step(outcomes))


def _print_outcome(outcome, console):
    mark, colour = MARKS[outcome.status]
    console.print(f"  [{colour}]{mark} {outcome.status:5}[/{colour}]  {escape(outcome.id)}")
    for line in _short_message(outcome):
        console.print(Padding(Text(line, style="dim"), (0, 0, 0, 11)))


def _short_message(outcome):
    """Why it is not done, in a line or two; the whole message is what `check` is for."""
    if outcome.status == "done" or outcome.message == NOT_WRITTEN:
        return []
    lines = outcome.message.splitlines()
    return lines[:1] + [line for line in lines[1:] if line.startswith(CAUSE)]


def _place(outcome, linked):
    place = _where(outcome)
    if linked and place:
        place = f" in [{place.removeprefix(' in ')}](../{outcome.file})"
    return f"`{outcome.id}`{place}"


def _fenced(lines):
    return ["", "```text", *lines, "```"]


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
    return ", ".join(f"{counts[status]} {status}" for status in MARKS)


def _next_step(outcomes):
    verb, outcome = _next(outcomes)
    if not outcome:
        return "All done." if outcomes else "No exercise."
    return (
        f"{verb}: [bold]{escape(outcome.id)}[/bold]{escape(_where(outcome))}\n"
        f"      python -m cs231n check {escape(outcome.id)}"
    )


def _next(outcomes):
    """What comes next, and the verb for it: the first wrong answer, or else the first TODO."""
    for status, verb in (("wrong", "Mend"), ("todo", "Next")):
        for outcome in outcomes:
            if outcome.status == status:
                return verb, outcome
    return "", None


def _where(outcome):
    return f" in {outcome.file}, line {outcome.line}" if outcome.file else ""
