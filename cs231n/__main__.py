"""`python -m cs231n status`, and the other commands: check, hint, submit and update."""

import argparse
import sys
from pathlib import Path

import cs231n.course.handin.interrupted  # noqa: F401  must come before the rest of the package
from cs231n.course.cells import check_cells
from cs231n.course.desk.hints import all_hints
from cs231n.course.desk.naming import meant
from cs231n.course.desk.panel import panel
from cs231n.course.desk.showing_hints import MORE, as_panels
from cs231n.course.paths import ROOT
from cs231n.course.status.runner import SEVERITY, run_checks
from cs231n.course.status.watch import watch

CHECK_EXIT_CODES = {"done": 0, "wrong": 1, "todo": 2}
UNKNOWN_NAME = 3


def main(arguments=None):
    _write_any_character()
    args = _parser().parse_args(arguments)
    if args.command == "hint":
        return _print_hint(args.id, args.more)
    if args.command in ("submit", "update"):
        return _hand_in(args)
    if args.watch:
        again = [word for word in (arguments or sys.argv[1:]) if word != "--watch"]
        return watch([sys.executable, "-m", "cs231n", *again], ROOT)
    cells = check_cells()
    names = args.names if args.command == "status" else [args.id]
    known = _known_names(cells, args.command)
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no exercise {unknown[0]}. {meant(unknown[0], known)}", file=sys.stderr)
        return UNKNOWN_NAME
    chosen = [cell for cell in cells if not names or {cell.exercise, cell.notebook} & set(names)]
    outcomes = list(run_checks(chosen))
    return _print_status(outcomes, args) if args.command == "status" else _print_check(outcomes)


def _write_any_character():
    """Marks and bars go into files and pipes too, which on Windows are not UTF-8 by themselves."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser():
    parser = argparse.ArgumentParser(prog="python -m cs231n", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    status = commands.add_parser("status", help="every exercise: done, wrong or todo")
    status.add_argument("names", nargs="*", metavar="NOTEBOOK|ID", help="only these")
    form = status.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--markdown", action="store_true", help="for a page, such as a CI job's")
    check = commands.add_parser("check", help="one exercise, with the whole message")
    check.add_argument("id", metavar="ID", help="such as KNearestNeighbor.predict_labels")
    for command in (status, check):
        command.add_argument("--watch", action="store_true", help="again when a file changes")
    hint = commands.add_parser("hint", help="the first of three hints for one exercise")
    hint.add_argument("id", metavar="ID", help="such as KNearestNeighbor.predict_labels")
    hint.add_argument(MORE, action="count", default=0, help="the second too; twice: all three")
    submit = commands.add_parser("submit", help="pack what you hand in: one zip, sent nowhere")
    submit.add_argument("--out", metavar="FILE.zip", type=Path, help="where it goes")
    update = commands.add_parser("update", help="take a newer course; what is yours stays")
    update.add_argument(
        "--from", dest="source", metavar="FOLDER|ZIP", type=Path, required=True, help="that course"
    )
    update.add_argument("--dry-run", action="store_true", help="only say what it would do")
    return parser


def _known_names(cells, command):
    exercises = {cell.exercise for cell in cells}
    return exercises | {cell.notebook for cell in cells} if command == "status" else exercises


def _print_status(outcomes, args):
    from cs231n.course.status import report  # rich takes its time, and `check` does without it

    if args.json:
        print(report.as_json(outcomes))
    elif args.markdown:
        print(report.as_markdown(outcomes))
    else:
        report.print_table(outcomes)
    return 0


def _print_check(outcomes):
    for outcome in outcomes:
        print(_verdict(outcome))
    worst = max((outcome.status for outcome in outcomes), key=SEVERITY.index)
    return CHECK_EXIT_CODES[worst]


def _print_hint(exercise, times):
    hints = all_hints()
    if exercise not in hints:
        print(f"There are no hints for {exercise}. {meant(exercise, hints)}", file=sys.stderr)
        return UNKNOWN_NAME
    print("\n".join(as_panels(exercise, hints[exercise], times, sys.stdout.isatty())))
    return 0


def _hand_in(args):
    # Only here: nbconvert and rich take their time.
    from cs231n.course.handin.errors import HandInError

    try:
        if args.command == "submit":
            from cs231n.course.handin.submitting import submit

            return submit(args.out)
        from cs231n.course.handin.updating import update

        return update(args.source, args.dry_run)
    except HandInError as error:
        print(error, file=sys.stderr)
        return 1


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
