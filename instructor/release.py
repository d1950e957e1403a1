"""Write the student copy: the course for learners, in which no answer stands anywhere."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cs231n.course.handin.parts import is_of_course
from cs231n.course.handin.releases import RECORD, TEXTS, record_of, release_of
from cs231n.course.source import definitions
from instructor.adapting import adapts, for_learners
from instructor.answers import python_files, read_package, stubs_of
from instructor.assemble import SOLUTIONS, TREE, built_aside
from instructor.source import AssembleError, read_source

DOCS = "docs"  # what of it the others show or lead to
DOC = re.compile(rf"(?:{DOCS}/|\]\()([\w.-]+\.(?:md|png|gif|svg|jpg))")
TEXTS_IN = (".md", ".ipynb", ".yml")
# Where git does not tell what is the tree's own and what has grown in it.
GROWN = {"__pycache__", ".ipynb_checkpoints", "output", ".pytest_cache", ".ruff_cache"}


class ReleaseError(Exception):
    """Something about the tree, or about the place for the copy, that staff have to mend."""


def release(out: Path, tree: Path = TREE) -> str:
    """Writes the student copy of a tree into `out`, or nothing where that fails.

    Returns its version, which follows from its files. Raises ReleaseError where an exercise is
    answered in the tree, a notebook has outputs, or out is no place for it.
    """
    tree, out = tree.resolve(), out.absolute()
    _check_out(out, tree)
    files = student_files(tree)
    files |= record_of(files)
    with built_aside(out) as aside:
        _write(files, aside)
        _check_stubs(aside)
        shutil.copymode(tree, aside)
    return release_of(out).version


def student_files(tree: Path) -> dict[str, bytes]:
    """The files of the student copy, by path, without its record."""
    paths = sorted(path for path in _own_files(tree) if _is_for_learners(path))
    files = {path: (tree / path).read_bytes() for path in paths if path not in (RECORD, TEXTS)}
    for path in filter(adapts, files):
        try:
            files[path] = for_learners(files[path].decode(), path).encode()
        except ValueError as error:
            raise ReleaseError(str(error)) from error
    for path in files:
        if path.endswith(".ipynb"):
            _check_without_outputs(path, files[path])
    files |= _docs(files, tree)
    return dict(sorted(files.items()))


def _own_files(tree: Path) -> Iterator[str]:
    """What git tracks; where the tree is no checkout, what is not grown in it."""
    tracked = _tracked(tree)
    if tracked is not None:
        yield from tracked
        return
    for here, folders, names in os.walk(tree):
        folders[:] = [each for each in folders if each not in GROWN]
        yield from (Path(here, name).relative_to(tree).as_posix() for name in names)


def _tracked(tree: Path) -> list[str] | None:
    """The paths that git tracks, or None where the tree is no checkout, or there is no git."""
    # Without what points git to another repository, as in a hook.
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=tree, capture_output=True, check=False, env=surroundings
        )
    except OSError:
        return None
    if listing.returncode or not (tree / ".git").exists():
        return None
    return [path for path in listing.stdout.decode().split("\0") if path]


def _is_for_learners(path: str) -> bool:
    """Whether the copy has it, docs/ aside, of which it has what is shown or led to."""
    return is_of_course(path) and not path.startswith(f"{DOCS}/") and not path.endswith(".pyc")


def _docs(files: Mapping[str, bytes], tree: Path) -> dict[str, bytes]:
    """The pictures and pages of docs/ that some texts show or lead to, and so on from there."""
    docs, texts = {}, [data.decode() for path, data in files.items() if path.endswith(TEXTS_IN)]
    while texts:
        for name in DOC.findall(texts.pop()):
            path = f"{DOCS}/{name}"
            if path in docs or not (tree / path).is_file():
                continue
            docs[path] = (tree / path).read_bytes()
            if path.endswith(".md"):
                docs[path] = for_learners(docs[path].decode(), path).encode()
                texts.append(docs[path].decode())
    return docs


def _check_without_outputs(path: str, data: bytes) -> None:
    for cell in json.loads(data)["cells"]:
        if cell.get("outputs") or cell.get("execution_count"):
            raise ReleaseError(f"{path} holds outputs: clear them first")


def _check_stubs(copy: Path) -> None:
    """Raises ReleaseError where an exercise that the key answers is no TODO."""
    modules = read_package(copy)
    key = [read_source(path, SOLUTIONS) for path in python_files(SOLUTIONS)]
    here, answers = (
        {each.id for source in sources for each in definitions(source) if not _is_private(each.id)}
        for sources in (modules.values(), key)
    )
    answered = sorted((here & answers) - stubs_of(modules).keys())
    if answered:
        raise ReleaseError(f"these are no TODO in the tree: {', '.join(answered)}")


def _is_private(name: str) -> bool:
    """Whether it is a helper's name; an exercise's is not, though it may be `Net.__init__`."""
    last = name.rpartition(".")[2]
    return last.startswith("_") and not last.startswith("__")


def _write(files: dict[str, bytes], out: Path) -> None:
    for path, data in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        target.chmod(0o755 if data.startswith(b"#!") else 0o644)


def _check_out(out: Path, tree: Path) -> None:
    if out == tree or tree in out.parents or out in tree.parents:
        raise ReleaseError(f"{out} overlaps the tree; name a folder outside of {tree}")
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise ReleaseError(f"{out} is in the way; remove it, or name another folder")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m instructor.release", description=__doc__)
    parser.add_argument("out", metavar="OUT", type=Path, help="a new or an empty folder")
    args = parser.parse_args(argv)
    try:
        version = release(args.out)
    except (ReleaseError, AssembleError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{version} -> {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
