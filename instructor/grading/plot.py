"""What learners get wrong most, as a picture."""

from collections import Counter

from matplotlib.figure import Figure

from cs231n.course.checking.failures import CAUSE
from instructor.grading import results
from instructor.grading.candidates import wrong_counts

MOST = 20  # exercises
NAMED, UNNAMED = "#c0392b", "#e8a49c"


def write(path, found):
    """Bars of the exercises that most submissions have wrong: cause named, not named."""
    wrong = wrong_counts(found)
    named = Counter(
        test["name"]
        for result in found.values()
        for test in result["tests"]
        if f"\n{CAUSE}" in test["output"] and results.verdicts_of(result)[test["name"]] == "wrong"
    )
    names = [name for name, _ in wrong.most_common(MOST)][::-1]
    figure = Figure(figsize=(8, 1.4 + 0.3 * max(1, len(names))), layout="constrained")
    axes = figure.subplots()
    causes = [named[name] for name in names]
    axes.barh(names, causes, color=NAMED, label="cause named")
    others = [wrong[name] - named[name] for name in names]
    axes.barh(names, others, left=causes, color=UNNAMED, label="cause not named: see unnamed.md")
    axes.set_xlabel(f"submissions with a wrong answer, of {len(found)}")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    if names:
        figure.legend(loc="outside upper right", ncols=2, frameon=False)
    figure.savefig(path, dpi=120)
