"""The Python files of answers, and what is wrong about them."""

import ast
import tokenize
from pathlib import Path

from cs231n.course import source as course
from cs231n.course.source import Source


class AssembleError(Exception):
    """Something about the answers, or about the place for them, that the user has to mend.

    exercises: the ids of those that cannot be answered because of it.
    """

    exercises: tuple[str, ...] = ()


def refuse(error: AssembleError) -> None:
    """What to do about a fault where nothing else is said."""
    raise error


def read_source(path: Path, base: Path) -> Source:
    try:
        with tokenize.open(path) as file:
            text = file.read()
    except (SyntaxError, ValueError) as error:  # bytes that are no text
        raise AssembleError(f"{path}: {error}") from error
    return Source(path, path.relative_to(base), text, parsed(text, path))


def parsed(text: str, path: Path) -> ast.Module:
    """The syntax tree of a file's text. Raises AssembleError where it is no Python."""
    try:
        return course.parsed(text, path)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else str(path)
        raise AssembleError(f"{where}: {getattr(error, 'msg', error)}") from error
