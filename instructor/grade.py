"""`python -m instructor.grade SUBMISSION… --out RESULTS`: what each has right, as a table.

A submission is a zip of `python -m cs231n submit`, or a folder with a `cs231n/` in it. Written are
RESULTS/grades.csv, RESULTS/<name>/results.json in Gradescope's form, RESULTS/unnamed.md (wrong
answers whose cause no one has named, the most frequent first), and RESULTS/wrong.png (what is wrong
most often). Killed at any moment, the same command goes on where it was.
"""

import argparse
import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from joblib import Parallel, delayed, parallel_config
from tqdm import tqdm

from cs231n.course.status.runner import TIME_LIMIT
from cs231n.course.threads import ONE_THREAD
from instructor.bench import TREE
from instructor.grading import candidates, plot, results
from instructor.grading.one import RESULT, course_in, exercises
from instructor.grading.sandbox import SERVING, Sandbox, clear, kinds, prepare
from instructor.grading.submissions import names_of

COURSE = ("cs231n", "notebooks", "instructor/solutions", "instructor/grading", "instructor/*.py")
SECONDS = 3600  # for one submission, with all of its answers hanging
HELD = {
    "bubblewrap": "bubblewrap: files, processes and network of their own, and another user",
    "user": "another user, and what the system gives to root",
    "limits": "limits alone",
}


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    paths = [Path(each) for each in args.submissions]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        print(f"there is no {', '.join(missing)}", file=sys.stderr)
        return 2
    kind = args.sandbox or kinds()[0]
    clear()
    args.out.mkdir(parents=True, exist_ok=True)
    args.out.chmod(0o711)  # what is in it, only who grades can read, but for the course
    course = course_in(args.out.resolve(), digest())
    if not course.exists():
        prepare(TREE, course)
    try:
        print(f"Sandbox: {held(kind, course, [*paths, args.out / '.seed'])}.", flush=True)
    except PermissionError as error:
        print(error, file=sys.stderr)
        if not args.trusting:
            return 2
    grade_all(paths, args.out, kind, args.jobs, args.backend, args.seconds)
    return 0


def grade_all(paths, out, kind, jobs, backend=None, seconds=TIME_LIMIT):
    """Grades submissions, `jobs` at a time, and writes what comes of all of them."""
    names, seed, course = names_of(paths), _seed(out), digest()
    requests = [
        {"path": str(path.resolve()), "name": name, "out": str(out.resolve()), "kind": kind}
        | {"seed": seed, "course": course, "seconds": seconds}
        for path, name in zip(paths, names, strict=True)
    ]
    with _on(backend):
        # Each starts a process, and waits: threads do for that. A backend may put them elsewhere.
        run = Parallel(n_jobs=jobs, prefer="threads", return_as="generator")
        done = run(delayed(grade_one)(request) for request in requests)
        for _ in tqdm(done, total=len(requests), desc="submissions", unit=""):
            pass
    found = {name: results.read(out / name / RESULT) for name in names}
    results.write_table(out / "grades.csv", names, exercises(), found)
    candidates.write(out / "unnamed.md", found)
    plot.write(out / "wrong.png", found)


@contextlib.contextmanager
def _on(backend):
    """In the block, joblib's backend of this name does the work; Dask on a cluster of its own, or
    on that of DASK_SCHEDULER_ADDRESS."""
    with contextlib.ExitStack() as stack:
        if backend == "dask":
            from distributed import Client

            stack.enter_context(Client())
        if backend:
            stack.enter_context(parallel_config(backend))
        yield


def grade_one(request):
    """Grades a submission in a process of its own; there is a result whatever becomes of that."""
    path = Path(request["out"]) / request["name"] / RESULT
    fault = ""
    try:
        run = subprocess.run(
            [sys.executable, "-m", "instructor.grading.one"],
            input=json.dumps(request),
            text=True,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=TREE,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(TREE)},
        )
        if run.returncode:
            fault = f"the grader failed: {run.stderr.strip()[-2000:] or run.returncode}"
    except subprocess.TimeoutExpired:
        fault = f"it was not graded within {SECONDS} s"
    if fault:
        results.write(path, {"failed": True}, exercises(), {}, fault)


def held(kind, course, private):
    """What keeps answers in their place, tried; PermissionError where they could read the key.

    course: as answers see it. private: files and folders that no answer may read.
    """
    private = [TREE / "instructor" / "solutions", *private]
    with Sandbox(course, kind) as sandbox:
        told, fault = sandbox.ask(SERVING, {"probe": [str(path.resolve()) for path in private]}, 60)
    if fault:
        raise PermissionError(f"No sandbox of the kind {kind} can be made: {fault}")
    if told["open"]:
        raise PermissionError(
            f"Answers could read {', '.join(told['open'])}. Install bubblewrap, or grade as root; "
            "with --trusting they are graded all the same."
        )
    more = ", ".join(each for each in told["held"] if each != "user")
    return HELD[kind] + (f" ({more})" if more else "")


def digest():
    """Of all that decides a verdict, submissions and draws aside."""
    whole = hashlib.sha256()
    for pattern in COURSE:
        for top in sorted(TREE.glob(pattern)):
            for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
                if path.suffix in (".py", ".ipynb", ".json", ".toml"):
                    whole.update(str(path.relative_to(TREE)).encode() + path.read_bytes())
    return whole.hexdigest()


def _seed(out):
    """Of what is drawn for this grading: made once, and nowhere else to be seen."""
    path = out / ".seed"
    if not path.exists():
        results.write_aside(path, str(secrets.randbits(62)))
    return int(path.read_text(encoding="utf-8"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m instructor.grade",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("submissions", nargs="+", metavar="SUBMISSION", help="a zip, or a folder")
    parser.add_argument("--out", type=Path, required=True, metavar="RESULTS")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--backend", metavar="NAME", help="of joblib, such as dask, for a cluster")
    parser.add_argument("--sandbox", choices=sorted(HELD), help="by default the best there is")
    parser.add_argument("--seconds", type=float, default=TIME_LIMIT, help="for one check cell")
    parser.add_argument(
        "--trusting", action="store_true", help="grade where answers could read the key"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
