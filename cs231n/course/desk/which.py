"""Which exercise a cell checks, told from its text: a kernel does not see a cell's tags."""

import re

from cs231n.course.cells import check_cells


def exercise_in(source):
    """The id of the exercise that a cell with this source checks, or None.

    A cell that a learner has changed is known by its check_further.
    """
    if "cs231n.checks" not in source:
        return None
    for cell in check_cells():
        if cell.source.strip() == source.strip():
            return cell.exercise
    found = re.search(r"\bcheck_further\(\s*([\w.]+)", source)
    return found.group(1) if found else None
