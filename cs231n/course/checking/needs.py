"""For a check that leans on other exercises: it says so when it is one of those that is wrong."""

import contextlib

from cs231n.checks import CheckFailed
from cs231n.course.status.cells import check_cells
from cs231n.course.status.runner import run_checks


@contextlib.contextmanager
def rests_on(*exercises, maybe=()):
    """Where the block fails and one of these exercises is wrong, it is that one that is told of.

    exercises: ids. Their own check cells are run, in the order of the notebooks, and only where
    the block fails: an answer that can do without them is judged by itself. maybe: ids of those
    that an answer may use as well, though the usual one does not. Raises CheckFailed.
    """
    try:
        yield
    except NotImplementedError:
        raise
    except Exception as error:
        cells = [cell for cell in check_cells() if cell.exercise in (*exercises, *maybe)]
        for outcome in run_checks(cells):
            if outcome.status == "wrong":
                raise CheckFailed(
                    f"This rests on {outcome.id}, which is wrong. Mend that first:",
                    outcome.message.splitlines(),
                ) from error
        raise
