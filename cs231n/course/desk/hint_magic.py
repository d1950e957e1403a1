"""`%hint affine_forward` in a notebook, and `%hint affine_forward --more`."""

from IPython.core.error import UsageError
from IPython.display import display

from cs231n.course.desk.hints import all_hints
from cs231n.course.desk.naming import meant
from cs231n.course.desk.showing_hints import MORE, as_markdown, as_panels

USAGE = f"%hint EXERCISE, such as %hint affine_forward; then %hint affine_forward {MORE}"


def hint(line):
    """%hint EXERCISE [--more [--more]]: the first hint, the first two, or all three."""
    words = line.split()
    names = [word for word in words if word != MORE]
    if len(names) != 1:
        raise UsageError(USAGE)
    (exercise,), hints = names, all_hints()
    if exercise not in hints:
        raise UsageError(f"There are no hints for {exercise}. {meant(exercise, hints)}")
    times = words.count(MORE)
    shown = {
        "text/markdown": as_markdown(exercise, hints[exercise], times),
        "text/plain": "\n".join(as_panels(exercise, hints[exercise], times, coloured=False)),
    }
    display(shown, raw=True)


def offer(exercise):
    """The line with which a panel offers a hint."""
    return f"For a hint, run %hint {exercise} in a new cell."
