"""`python -m cs231n status` and `python -m cs231n check ID`."""

import argparse
import difflib
import sys

from cs231n.course.cells import check_cells
from cs231n.course.desk.panel import panel
from cs231n.course.paths import ROOT
from cs231n.course.status.runner import SEVERITY, run_checks
from cs231n.course.status.watch import watch

CHECK_EXIT_CODES = {"done": 0, "wrong": 1, "todo": 2}
UNKNOWN_NAME = 3


def main(arguments=None):
    args = _parser().parse_args(arguments)
    if args.watch:
        again = [word for word in (arguments or sys.argv[1:]) if word != "--watch"]
        return watch([sys.executable, "-m", "cs231n", *again], ROOT)
    cells = check_cells()
    names = args.names if args.command == "status" else [args.id]
    unknown = [name for name in names if name not in _known_names(cells, args.command)]
    if unknown:
        print(_unknown_message(unknown[0], cells, args.command), file=sys.stderr)
        return UNKNOWN_NAME
    chosen = [cell for cell in cells if not names or {cell.exercise, cell.notebook} & set(names)]
    outcomes = list(run_checks(chosen))
    return (
        _print_status(outcomes, args.json) if args.command == "status" else _print_check(outcomes)
    )


def _parser():
    parser = argparse.ArgumentParser(prog="python -m cs231n", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    status = commands.add_parser("status", help="every exercise: done, wrong or todo")
    status.add_argument("names", nargs="*", metavar="NOTEBOOK|ID", help="only these")
    status.add_argument("--json", action="store_true", help="for programs")
    check = commands.add_parser("check", help="one exercise, with the whole message")
    check.add_argument("id", metavar="ID", help="such as KNearestNeighbor.predict_labels")
    check.set_defaults(json=False)
    for command in (status, check):
        command.add_argument("--watch", action="store_true", help="again when a file changes")
    return parser


def _known_names(cells, command):
    exercises = {cell.exercise for cell in cells}
    return exercises | {cell.notebook for cell in cells} if command == "status" else exercises


def _unknown_message(name, cells, command):
    known = sorted(_known_names(cells, command))
    # People type the method's name alone: that names its exercise well enough for a hint.
    near = [k for k in known if k.endswith(f".{name}")] or difflib.get_close_matches(name, known)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
    return f"There is no exercise {name}. {hint}"


def _print_status(outcomes, as_json):
    from cs231n.course.status import report  # rich takes its time, and `check` does without it

    print(report.as_json(outcomes)) if as_json else report.print_table(outcomes)
    return 0


def _print_check(outcomes):
    for outcome in outcomes:
        print(_verdict(outcome))
    worst = max((outcome.status for outcome in outcomes), key=SEVERITY.index)
    return CHECK_EXIT_CODES[worst]


def _verdict(outcome):
    if outcome.status == "done":
        return outcome.message
    mark = {"wrong": "✗", "todo": "○"}[outcome.status]
    place = [f"{outcome.file}, line {outcome.line}"] if outcome.file else []
    title = f"{mark} {outcome.id}: {outcome.status}"
    lines = [*outcome.message.splitlines(), *place]
    return "\n".join(panel(outcome.status, title, lines, coloured=sys.stdout.isatty()))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
