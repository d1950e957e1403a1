"""Write a copy of the student tree in which answers have taken the place of stubs."""

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cs231n.course.handin import parts
from cs231n.course.source import Definition
from instructor.answers import Report, answers_below, chosen_stubs, collect, find_stubs
from instructor.source import AssembleError, refuse
from instructor.splice import solved_modules

TREE = Path(__file__).resolve().parent.parent
SOLUTIONS = Path(__file__).resolve().parent / "solutions"
TOP_FILES = [each for each in parts.FILES if "/" not in each]
FOLDERS = (*parts.FOLDERS, "notebooks", ".github")
DATA_FILES = ("README.md", "cifar10.sha256")
DATA_FOLDERS = ("cifar-10-batches-bin", "cifar-10-batches-py")
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "*.egg-info", "output")


def assemble(
    answers: Mapping[str, Definition], out: Path, tree: Path = TREE, report: Report = refuse
) -> None:
    """Writes the student tree with these answers into `out`, or nothing where that fails.

    report: is told of each answer that cannot be put in, which is then left out.
    """
    tree, out = tree.resolve(), out.resolve()
    _check_out(out, tree)
    texts = solved_modules(tree, answers, report)
    if answers and not texts:
        raise AssembleError("so nothing is written")
    with built_aside(out) as aside:
        copy_student_tree(tree, aside)
        for name, text in texts.items():
            (aside / name).write_text(text, encoding="utf-8", newline="\n")


@contextlib.contextmanager
def built_aside(out: Path) -> Iterator[Path]:
    """A new folder, which becomes `out` at the end of the block, or goes where that fails."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        yield aside
        if out.exists():
            out.rmdir()
        aside.rename(out)
    except BaseException:
        shutil.rmtree(aside)
        raise


def copy_student_tree(tree: Path, out: Path) -> None:
    """Copies what a learner gets; data sets are large, and linked."""
    shutil.copymode(tree, out)
    for name in TOP_FILES:
        if (tree / name).is_file():
            shutil.copy2(tree / name, out / name)
    for name in FOLDERS:
        if (tree / name).is_dir():
            shutil.copytree(tree / name, out / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (out / "datasets").mkdir()
    for name in DATA_FILES:
        if (tree / "datasets" / name).is_file():
            shutil.copy2(tree / "datasets" / name, out / "datasets" / name)
    for name in DATA_FOLDERS:
        if (tree / "datasets" / name).is_dir():
            _link((tree / "datasets" / name).resolve(), out / "datasets" / name)


def main(argv: Sequence[str] | None = None, tree: Path = TREE) -> int:
    args = _parser().parse_args(argv)
    folders = [SOLUTIONS if name == "solutions" else Path(name) for name in args.answers]
    left_out = set()

    def report(error: AssembleError) -> None:
        if args.strict:
            raise error
        left_out.update(error.exercises)
        ids = ", ".join(error.exercises)
        print(f"{error} (left out: {ids})" if ids else error, file=sys.stderr)

    try:
        stubs = find_stubs(tree)
        answers = collect(folders, stubs, args.only, report)
        _name_idle(folders, chosen_stubs(stubs, args.only), bool(args.only))
        if not answers:
            print("so nothing is written", file=sys.stderr)
            return 1
        assemble(answers, args.out, tree, report)
    except (AssembleError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    count = len(answers.keys() - left_out)
    print(f"{count} of {len(stubs)} exercises answered -> {args.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m instructor.assemble", description=__doc__)
    parser.add_argument(
        "--answers",
        metavar="DIR",
        action="append",
        required=True,
        help="a folder of answers, or a file; 'solutions' is the answer key; later ones win",
    )
    parser.add_argument(
        "--only",
        metavar="ID",
        nargs="+",
        action="extend",
        help="of the last --answers take the answers to these exercises alone",
    )
    parser.add_argument(
        "--strict", action="store_true", help="write nothing where an answer cannot be taken"
    )
    parser.add_argument(
        "--out", metavar="OUT", type=Path, required=True, help="a new or an empty folder"
    )
    return parser


def _name_idle(folders: Sequence[Path], chosen: Mapping[str, Definition], is_asked: bool) -> None:
    """Says which folders have nothing to give, and what the last was asked for and lacks."""
    for folder in folders:
        found = answers_below(folder, chosen, lambda error: None)
        if not found:
            print(f"{folder} answers none of the exercises", file=sys.stderr)
        elif is_asked and folder == folders[-1] and (lacking := chosen.keys() - found.keys()):
            print(f"{folder} does not answer {', '.join(sorted(lacking))}", file=sys.stderr)


def _check_out(out: Path, tree: Path) -> None:
    if out == tree or tree in out.parents or out in tree.parents:
        raise AssembleError(f"{out} overlaps the student tree; name a folder outside of {tree}")
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise AssembleError(f"{out} is in the way; remove it, or name another folder")


def _link(target: Path, link: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=True)
    except OSError:  # a file system without links
        shutil.copytree(target, link)


if __name__ == "__main__":
    sys.exit(main())
