"""Wrong answers whose cause no one has named: candidates for new mistakes."""

from collections import Counter, defaultdict

from cs231n.course.checking.failures import CAUSE
from instructor.grading import results

SHOWN = 12  # lines of a message
HEAD = """# Wrong answers that nobody has named

The checks say what is wrong with these, but not why. Each may be a lesson for all who come after:
see *To add a mistake* in `instructor/README.md`. The most frequent first.
"""


def unnamed(found):
    """[(exercise, message, names of submissions)], the most frequent first.

    found: {name: what its results.json holds}.
    """
    who = defaultdict(list)
    for name, result in found.items():
        verdicts = results.verdicts_of(result)
        for test in result["tests"]:
            if verdicts[test["name"]] == "wrong" and f"\n{CAUSE}" not in test["output"]:
                who[test["name"], test["output"]].append(name)
    return sorted(
        ((exercise, message, names) for (exercise, message), names in who.items()),
        key=lambda each: (-len(each[2]), each[0]),
    )


def write(path, found):
    """Writes them as a page of Markdown."""
    lines = [HEAD]
    for exercise, message, names in unnamed(found):
        told = [f"    {line}" for line in message.splitlines()[:SHOWN]]
        lines += [f"## {exercise}: {len(names)} ×", "", f"In {', '.join(names)}.", "", *told, ""]
    results.write_aside(path, "\n".join(lines))


def wrong_counts(found):
    """A Counter of how many submissions have an exercise wrong."""
    return Counter(
        exercise
        for result in found.values()
        for exercise, status in results.verdicts_of(result).items()
        if status == "wrong"
    )
