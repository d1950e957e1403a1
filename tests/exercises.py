"""What tests ask of exercises a thousand times: what a check rests on, and what it says."""

import ast
import multiprocessing
import os
import sys

from cs231n.course.cells import check_cells
from instructor.assemble import TREE

# Each question to a tree gets a process of its own. It is forked from one that has numpy already,
# which saves most of the time that a new Python would take.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["numpy", "pytest"])


def needs_of(exercise, maybe=False):
    """The exercises that an exercise's check says it rests on: rests_on("affine_forward", …).

    maybe: those as well that an answer may use, rests_on(…, maybe=["conv_forward_naive"]).
    """
    return sorted(
        {
            name.value
            for cell in check_cells(TREE)
            if cell.exercise == exercise
            for call in ast.walk(ast.parse(cell.source))
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "rests_on"
            for argument in (*call.args, *(call.keywords if maybe else []))
            for name in ast.walk(argument)
            if isinstance(name, ast.Constant)
        }
    )


def outcomes_in(tree, exercise):
    """The outcomes of an exercise's checks as dicts, one a notebook, run in and by that tree."""
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_answer, args=(sender, str(tree), exercise))
    process.start()
    sender.close()
    with receiver:
        try:
            return receiver.recv()
        finally:
            process.join()


def _answer(sender, tree, exercise):
    os.chdir(tree)
    _forget_the_package()
    sys.path.insert(0, tree)
    from cs231n.course.cells import check_cells
    from cs231n.course.status.runner import run_checks

    cells = [cell for cell in check_cells(tree) if cell.exercise == exercise]
    sender.send([outcome.as_dict() for outcome in run_checks(cells, tree)])


def _forget_the_package():
    """What this module has imported is this checkout's; the tree has a cs231n of its own."""
    for name in [name for name in sys.modules if name.split(".")[0] == "cs231n"]:
        del sys.modules[name]
