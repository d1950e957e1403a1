"""Times side by side, and the one table that all benchmarks are rows of."""

import statistics
from time import perf_counter
from typing import NamedTuple


class Row(NamedTuple):
    """A line of the table. goal: the highest value that is good, or None."""

    what: str
    value: float
    unit: str
    goal: float | None = None


def print_table(rows):
    """Prints each row as soon as it is there."""
    print(f"| {'what':70} | measured | goal | |")
    print("|---|---|---|---|")
    for what, value, unit, goal in rows:
        aim, verdict = (f"{goal:g}", "met" if value <= goal else "MISSED") if goal else ("", "")
        print(f"| {what:70} | {value:,.4g} {unit} | {aim} | {verdict} |", flush=True)


def time_side_by_side(contenders, rounds=7):
    """Median seconds of each contender: {name: function} -> {name: seconds}.

    Each round runs every contender once, so that a busy machine hurts all.
    """
    seconds = {name: [] for name in contenders}
    for call in contenders.values():  # warm up
        call()
    for _ in range(rounds):
        for name, call in contenders.items():
            start = perf_counter()
            call()
            seconds[name].append(perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def ratio_rows(title, seconds, baseline, goals=None):
    """A row for each time but the baseline's: how many times as long as the baseline it took."""
    for name, value in seconds.items():
        if name != baseline:
            what = f"{title}: {name} / {baseline}"
            yield Row(what, value / seconds[baseline], "x", (goals or {}).get(name))
