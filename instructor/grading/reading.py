"""Finds the answers in a submission's files, some of which may be made to break who reads them."""

import ast
import contextlib
import os
import resource
import signal
from pathlib import Path

from cs231n.course.checking.limits import MEMORY
from instructor.answers import answers_below, answers_in
from instructor.bench import TREE
from instructor.scopes import is_star, scopes_of
from instructor.source import AssembleError, read_source

SECONDS = 20  # to read all files of a submission
REFUSED = "it cannot be read: nested too deep, or a star import of what answers do not need?"
# What a star import gives is found out by importing that module, here.
STARRED = {
    "builtins", "cs231n", "collections", "copy", "functools", "itertools", "math", "matplotlib",
    "numpy", "os", "random", "re", "scipy", "sys", "time", "tqdm", "typing",
}  # fmt: skip


class Refused(Exception):
    """A file that is not even looked at."""


def answers_of(submission, folder, stubs):
    """(answers, faults): {id: Definition}, and {id: why there is none that can be taken}.

    folder: an empty one, where the files are put.
    """
    written = []
    for name, data in sorted(submission.files.items()):
        given = TREE / "cs231n" / name
        if given.is_file() and given.read_bytes() == data:
            continue  # as it was handed out
        path = folder / "cs231n" / name
        with contextlib.suppress(OSError):  # a name that no file can have
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    faults = {}
    for path in _breaking(written, folder):
        text = path.read_bytes().decode("latin-1")
        for each in stubs:
            if f"def {each.rpartition('.')[2]}" in text:
                faults[each] = f"{path.relative_to(folder)}: {REFUSED}"
        path.unlink()

    def note(error: AssembleError) -> None:
        for each in error.exercises:
            faults[each] = str(error).replace(f"{folder}/", "")

    answers = answers_below(folder, stubs, note)
    return answers, {each: fault for each, fault in faults.items() if each not in answers}


def _breaking(paths: list[Path], folder: Path) -> list[Path]:
    """The files at which a process that reads them ends or hangs, which they are not told of."""
    found, left = [], list(paths)
    while left:
        count = _read_in_a_child(left, folder)
        found += left[count : count + 1]
        left = left[count + 1 :]
    return found


def _read_in_a_child(paths: list[Path], folder: Path) -> int:
    """How many files a process of its own reads, one after the other, before it breaks."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(SECONDS)
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            for path in paths:
                _read_one(path, folder)
                os.write(writer, b".")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        count = len(pipe.read())
    os.waitpid(child, 0)
    return count


def _read_one(path: Path, folder: Path) -> None:
    try:
        source = read_source(path, folder)
    except AssembleError:  # which is told of, line and all
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and is_star(node) and not node.level:
            first, *others = node.module.split(".")
            known = first in STARRED or (path.parent / f"{first}.py").exists()
            if not known or any(part.startswith("__") for part in others):
                raise Refused(node.module)
    answers_in(source)
    scopes = scopes_of(source)
    repr((scopes.changed, scopes.rebound))  # looks at every statement
