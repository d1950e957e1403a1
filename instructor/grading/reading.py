"""Finds the answers in a submission's files, some of which may be made to break who reads them."""

import os
import resource
import signal
from pathlib import Path

from cs231n.course.checking.limits import MEMORY
from instructor.answers import answers_below
from instructor.source import AssembleError, read_source

SECONDS = 20  # to read all files of a submission
REFUSED = "Python cannot read it: is it nested too deep, or no text?"


def answers_of(submission, folder, stubs):
    """(answers, faults): {id: Definition}, and {id: why there is none that can be taken}.

    folder: an empty one, where the files are put.
    """
    written = []
    for name, data in sorted(submission.files.items()):
        path = folder / "cs231n" / name
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
        read_source(path, folder)
    except AssembleError:  # which is told of, line and all
        pass
