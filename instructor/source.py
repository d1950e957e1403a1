"""Python files as text and syntax tree, and statements lifted out of them as they are written."""

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class AssembleError(Exception):
    """Something about the answers, or about the place for them, that the user has to mend.

    exercises: the ids of those that cannot be answered because of it.
    """

    exercises: tuple[str, ...] = ()


def refuse(error: AssembleError) -> None:
    """What to do about a fault where nothing else is said."""
    raise error


@dataclass(frozen=True, eq=False)
class Source:
    """A Python file. `name` is its path below the folder (`root`) in which it was found."""

    path: Path
    name: Path
    text: str
    tree: ast.Module

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def string_lines(self) -> set[int]:
        """Numbers of the lines that begin inside a string, where indentation is content."""
        inside, opened = set(), []
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            kind = tokenize.tok_name[token.type]
            # From Python 3.12 on, an f-string is a start, a middle and an end.
            if kind.endswith("STRING_START"):
                opened.append(token.start[0])
            elif kind.endswith("STRING_END"):
                inside.update(range(opened.pop() + 1, token.end[0] + 1))
            elif kind == "STRING":
                inside.update(range(token.start[0] + 1, token.end[0] + 1))
        return inside

    @property
    def root(self) -> Path:
        return self.path.parents[len(self.name.parts) - 1]

    @property
    def module(self) -> str:
        """The name under which a file of the student tree is imported."""
        parts = self.name.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        """The package against which relative imports of the file resolve."""
        return ".".join(self.name.parent.parts)

    def before(self, node: ast.stmt) -> str:
        """What stands on the statement's line to its left."""
        return self.lines[node.lineno - 1].encode()[: node.col_offset].decode()

    def after(self, node: ast.stmt) -> str:
        """What stands on the statement's last line to its right."""
        return self.lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()

    def reindented(self, lines: list[str], start: int, old: str, new: str) -> list[str]:
        """Lines that begin at line `start`, with the indentation `new` in place of `old`."""
        return [
            line if start < number and number in self.string_lines else _shift(line, old, new)
            for number, line in enumerate(lines, start)
        ]

    def excerpt(self, first: ast.stmt, last: ast.stmt, indent: str = "", start: int = 0):
        """The lines from one statement (or from line `start` above it) to another."""
        start = start or top_line(first)
        lines = self.lines[start - 1 : last.end_lineno]
        old, after = self.before(first), self.after(last)
        if after.lstrip().startswith(";"):
            lines[-1] = lines[-1].removesuffix(after)
        if old.strip():  # the statement shares its line with what comes before it
            lines[0] = lines[0].removeprefix(old)
            old = ""
        return self.reindented(lines, start, old, indent)


@dataclass(frozen=True, eq=False)
class Definition:
    """A function, or a method and its class, under its qualified name."""

    id: str
    source: Source
    node: ast.FunctionDef | ast.Lambda
    owner: ast.ClassDef | None

    @property
    def path(self) -> Path:
        return self.source.path

    @property
    def line(self) -> int:
        return self.node.lineno

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def body(self) -> list[ast.stmt]:
        """Its statements, without the docstring."""
        return self.node.body[ast.get_docstring(self.node, clean=False) is not None :]

    @property
    def indent(self) -> str:
        return self.source.before(self.node)

    @property
    def is_inline(self) -> bool:
        """Whether the body begins on a line that holds something else before it."""
        return bool(self.body) and bool(self.source.before(self.body[0]).strip())

    @property
    def body_line(self) -> int:
        """The line where the body begins, comments above its first statement included."""
        if not self.body:
            return self.node.end_lineno + 1
        line = top_line(self.body[0])
        if self.is_inline:
            return line
        above = self.node.body[0]
        floor = self.line if above is self.body[0] else above.end_lineno
        while line - 1 > floor and self.source.lines[line - 2].strip()[:1] in ("", "#"):
            line -= 1
        return line

    def header_lines(self, indent: str) -> list[str]:
        """Decorators, signature and docstring."""
        top = top_line(self.node)
        lines = self.source.lines[top - 1 : self.body_line - 1]
        if self.is_inline:
            lines.append(self.source.before(self.body[0]).rstrip(" ;"))
        return self.source.reindented(lines, top, self.indent, indent)

    def body_indent(self, indent: str) -> str:
        """The indentation of the body, where that of the signature is `indent`."""
        if self.is_inline or not self.body:
            return indent + "    "
        return indent + self.source.before(self.body[0]).removeprefix(self.indent)

    def body_lines(self, indent: str) -> list[str]:
        if not self.body:
            return [indent + "pass"]
        lines = self.source.excerpt(self.body[0], self.body[-1], indent, self.body_line)
        first = next(number for number, line in enumerate(lines) if line)
        return lines[first:]


def top_line(node: ast.stmt) -> int:
    """The first line of a statement, decorators included."""
    return min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an answer's style is not at issue here
            tree = ast.parse(text)
            compile(tree, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else str(path)
        raise AssembleError(f"{where}: {getattr(error, 'msg', error)}") from error
    return tree


def definitions(source: Source, within=None, prefix: str = "") -> Iterator[Definition]:
    """The functions and methods of a file that have a qualified name of their own."""
    for node in (within or source.tree).body:
        if isinstance(node, ast.FunctionDef):
            yield Definition(prefix + node.name, source, node, within)
        elif isinstance(node, ast.ClassDef):
            yield from definitions(source, node, f"{prefix}{node.name}.")


def _shift(line: str, old: str, new: str) -> str:
    if not line.strip():
        return ""
    return new + (line.removeprefix(old) if line.startswith(old) else line.lstrip())
