"""`python -m instructor.prove [ID …]`: what the checks promise, tried.

Of each exercise: the key's answer is done, and so is every other right answer; every known mistake
is wrong, by its battery alone too, its own sentence is told, and nothing false were it not known.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from instructor.answers import collect
from instructor.bench import SOLUTIONS, TREE, Bench, worst
from instructor.edits import MISTAKES, Mistake, definition_with, mistakes_of
from instructor.guesses import is_false

ALTERNATIVES = TREE / "instructor/alternatives"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m instructor.prove", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these exercises")
    parser.add_argument("-v", "--verbose", action="store_true", help="with all messages")
    args = parser.parse_args(argv)
    bench = Bench()
    complaints = 0
    for exercise in args.ids or sorted(bench.stubs):
        for what, complaint, message in proved(exercise, bench):
            complaints += bool(complaint)
            if complaint or args.verbose:
                print(f"--- {what}: {complaint or 'as it should be'}\n{message}", flush=True)
    print(f"{complaints} complaints")
    return bool(complaints)


def proved(exercise: str, bench: Bench) -> Iterator[tuple[str, str, str]]:
    """(answer, complaint or "", message) for each answer that is tried."""
    right = [SOLUTIONS, *sorted((ALTERNATIVES / exercise).glob("*.py"))]
    wrong = mistakes_of(MISTAKES / f"{exercise}.toml", bench.stubs).values()
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(lambda path: accepted(exercise, path, bench), right)
        yield from pool.map(lambda mistake: rejected(mistake, bench), wrong)


def accepted(exercise: str, path: Path, bench: Bench) -> tuple[str, str, str]:
    """A right answer must be done, in every notebook that checks it."""
    needs = bench.needs(exercise)
    answers = collect([path], bench.stubs, [exercise, *needs])
    verdict = worst(bench.alone(exercise, answers))
    complaint = "" if verdict.status == "done" else f"is {verdict.status}"
    return f"{exercise} {path.stem}", complaint, verdict.message


def rejected(mistake: Mistake, bench: Bench) -> tuple[str, str, str]:
    """A mistake must be wrong, by the battery alone too, and its own sentence must be told.

    What a check would guess, if it did not know the mistake, must be true of it.
    """
    answer = definition_with([mistake], bench.keys[mistake.exercise])
    verdicts = bench.alone(mistake.exercise, {mistake.exercise: answer})
    verdict = worst(verdicts)
    if verdict.status != "wrong":
        complaint = f"is {verdict.status}"
    elif verdicts[-1].status != "wrong":
        complaint = f"is {verdicts[-1].status} by its battery alone"
    elif mistake.says not in verdict.message:
        complaint = f"is not told that {mistake.says}"
    elif is_false(verdict.guess, mistake.says):
        complaint = f"would be told, were it not known: {verdict.guess}"
    else:
        complaint = ""
    return str(mistake), complaint, verdict.message


if __name__ == "__main__":
    sys.exit(main())
