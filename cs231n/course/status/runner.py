"""Runs the check cells of exercises, and makes one verdict of those of each exercise."""

from dataclasses import asdict, dataclass

from cs231n.course.paths import ROOT
from cs231n.course.source import locate
from cs231n.course.status.isolation import Isolation

TIME_LIMIT = 10.0  # seconds for one check cell; a right answer needs about one
SEVERITY = ("done", "todo", "wrong")


@dataclass(frozen=True)
class Outcome:
    """What the checks of one exercise in one notebook say."""

    id: str
    notebook: str
    status: str
    file: str | None
    line: int | None
    message: str

    as_dict = asdict


def run_checks(cells, root=ROOT, time_limit=TIME_LIMIT):
    """Runs the cells; yields an Outcome per exercise and notebook, in their order."""
    groups = {}
    for cell in cells:
        groups.setdefault((cell.notebook, cell.exercise), []).append(cell)
    with Isolation(time_limit) as isolation:
        places = locate(root)
        for (notebook, exercise), members in groups.items():
            status, message = verdict_of(members, isolation.run_cell)
            yield Outcome(exercise, notebook, status, *places.get(exercise, (None, None)), message)


def verdict_of(cells, run_cell):
    """(status, message) of an exercise by all its cells: the worst of them counts."""
    results = []
    for cell in cells:
        results.append(run_cell(cell))
        if results[-1][0] == "wrong":  # nothing is worse, and the next may take as long to say so
            return results[-1]
    status = max((status for status, _ in results), key=SEVERITY.index)
    # The first cell that is to do speaks; where all is well, every cell does.
    told = [message for s, message in results if s == status]
    return status, "\n".join(told) if status == "done" else told[0]
