"""Times side by side: each round runs every contender once, so that a busy machine hurts all."""

import statistics
from time import perf_counter


def time_side_by_side(contenders, rounds=7):
    """Median seconds of each contender: {name: function} -> {name: seconds}."""
    seconds = {name: [] for name in contenders}
    for call in contenders.values():  # warm up
        call()
    for _ in range(rounds):
        for name, call in contenders.items():
            start = perf_counter()
            call()
            seconds[name].append(perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def print_ratios(title, seconds, baseline, goals=None):
    """A table of times and of their ratios to the baseline's; goals are highest ratios."""
    print(title)
    for name, value in seconds.items():
        ratio = value / seconds[baseline]
        goal = (goals or {}).get(name)
        verdict = f"  goal {goal:g}: {'met' if ratio <= goal else 'MISSED'}" if goal else ""
        print(f"  {name:42} {1e3 * value:9.1f} ms {ratio:7.2f} x{verdict}")
