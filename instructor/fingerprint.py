"""`python -m instructor.fingerprint [ID …]`: the tables by which known mistakes are recognised.

Each mistake of `instructor/mistakes`, and each pair that can be made at once, is run through
its exercise's checks. What came out where it failed is noted, in a file an exercise, below
`cs231n/course/checking/fingerprints`. Where a pair shows no more than one of its two, that is told.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np
from tqdm import tqdm

from cs231n.course.checking.fingerprints import FOLDER, fingerprint, matches
from instructor.bench import Bench, worst
from instructor.edits import MISTAKES, Mistake, definition_with, mistakes_of
from instructor.source import AssembleError

DIGITS = 8  # of a projection
CASES = ("cs231n.course.batteries", "cs231n.course.checking.stand_ins")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m instructor.fingerprint", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these exercises")
    parser.add_argument("--check", action="store_true", help="only say which tables are stale")
    args = parser.parse_args(argv)
    bench = Bench()
    stale = [each for each in args.ids or sorted(bench.stubs) if not is_fresh(each, bench)]
    if args.check or not stale:
        print("\n".join(f"stale: {each}" for each in stale) or "All tables are fresh.")
        return bool(stale)
    FOLDER.mkdir(exist_ok=True)
    for exercise in stale:
        text = json.dumps(table_of(exercise, bench), ensure_ascii=False, separators=(",", ":"))
        # A line a key, for the eye of whoever reads a diff.
        (FOLDER / f"{exercise}.json").write_text(text + "\n", encoding="utf-8")
    return 0


def is_fresh(exercise: str, bench: Bench) -> bool:
    """Whether the table was made from the mistakes, the key and the checks as they are."""
    path = FOLDER / f"{exercise}.json"
    if not path.is_file():
        return False
    return json.loads(path.read_text(encoding="utf-8"))["made_from"] == digest(exercise, bench)


def digest(exercise: str, bench: Bench) -> str:
    """Of all that decides what comes out: mistakes, key, check cells, battery."""
    key = bench.keys[exercise]
    texts = [
        (MISTAKES / f"{exercise}.toml").read_text(encoding="utf-8"),
        *key.body_lines(""),
        *[cell.source for cell in bench.cells if cell.exercise == exercise],
        *[path.read_text(encoding="utf-8") for path in _files_of(bench.battery(exercise))],
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _files_of(battery):
    """The file of a battery, and those of the cases and stand-ins that it takes from others."""
    modules = {getattr(value, "__module__", None) for value in battery.run.__globals__.values()}
    modules = {module for module in modules if str(module).startswith(CASES)}
    return sorted(Path(sys.modules[name].__file__) for name in modules | {battery.run.__module__})


def table_of(exercise: str, bench: Bench) -> dict:
    """The table of one exercise, as `cs231n.course.checking.fingerprints` reads it."""
    verdict = worst(bench.alone(exercise, {exercise: bench.keys[exercise]}))
    if verdict.status != "done":
        raise SystemExit(f"{exercise}: the key's answer is {verdict.status}: {verdict.message}")
    mistakes = list(mistakes_of(MISTAKES / f"{exercise}.toml", bench.stubs).values())
    prints = {}
    for group in ([(each,) for each in mistakes], list(combinations(mistakes, 2))):
        for made, evidences in _evidences(exercise, group, bench):
            numbers = [mistakes.index(each) for each in made]
            for evidence in evidences:
                if len(made) > 1 and _tells_little(evidence.got):
                    continue
                key, projections = fingerprint(evidence)
                known = prints.setdefault(key, [])
                if not any(matches(seen, projections, evidence) for seen, _ in known):
                    known.append(([float(f"{p:.{DIGITS}g}") for p in projections], numbers))
    return {
        "made_from": digest(exercise, bench),
        "says": [each.says for each in mistakes],
        "prints": prints,
    }


def _tells_little(got: np.ndarray | None) -> bool:
    """Whether many answers lead to this: no numbers, or the same number everywhere."""
    return got is None or (got.size > 1 and bool(np.all(got == got.flat[0])))


def _evidences(exercise: str, group: list[tuple[Mistake, ...]], bench: Bench):
    """(mistakes made at once, evidences of all checks that failed) for each in the group."""

    def tried(made):
        try:
            answer = definition_with(made, bench.keys[exercise])
            verdicts = bench.alone(exercise, {exercise: answer})
        except AssembleError:  # the two cannot be made at once
            return made, []
        return made, [v.evidence for v in verdicts if v.status == "wrong" and v.evidence]

    with ThreadPoolExecutor(2) as pool:
        bar = tqdm(pool.map(tried, group), total=len(group), desc=exercise, leave=False)
        yield from bar


if __name__ == "__main__":
    sys.exit(main())
