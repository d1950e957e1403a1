"""`python -m instructor.gradescope OUT.zip`: the autograder, to be uploaded to Gradescope.

At its root stand `setup.sh` and `run_autograder`, as Gradescope asks for; the course is in
`course/`, key and grader included.
"""

import argparse
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parent.parent
SCRIPTS = ("setup.sh", "run_autograder")
PARTS = ("requirements.txt", "pyproject.toml", "LICENSE", "cs231n", "notebooks", "instructor")
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "mistakes", "alternatives", "output")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m instructor.gradescope",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path, metavar="OUT.zip")
    args = parser.parse_args(argv)
    build(args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, to be uploaded as it is")
    return 0


def build(out: Path) -> None:
    """Writes the zip."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SCRIPTS:
            _add(archive, HERE / name, name, 0o755)
        for path in course_files():
            _add(archive, path, f"course/{path.relative_to(TREE).as_posix()}", 0o644)


def course_files() -> Iterator[Path]:
    """The files that grading needs."""
    for part in PARTS:
        top = TREE / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not set(path.relative_to(TREE).parts) & set(LEFT_OUT):
                yield path


def _add(archive: zipfile.ZipFile, path: Path, name: str, mode: int) -> None:
    entry = zipfile.ZipInfo(name)  # of no date, so that the same course gives the same zip
    entry.external_attr = (0o100000 | mode) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
