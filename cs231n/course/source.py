"""Python files as text and syntax tree: where an exercise stands, and how it is written."""

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


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


def parsed(text: str, path: Path) -> ast.Module:
    """The syntax tree of a file's text. Raises SyntaxError or ValueError where it is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a learner's style is not at issue here
        tree = ast.parse(text)
        compile(tree, str(path), "exec", dont_inherit=True)
    return tree


def definitions(source: Source, within=None, prefix: str = "") -> Iterator[Definition]:
    """The functions and methods of a file that have a qualified name of their own."""
    for node in (within or source.tree).body:
        if isinstance(node, ast.FunctionDef):
            yield Definition(prefix + node.name, source, node, within)
        elif isinstance(node, ast.ClassDef):
            yield from definitions(source, node, f"{prefix}{node.name}.")


def todo(node: ast.FunctionDef | ast.Lambda) -> str | None:
    """The id that a stub names, or None where the function is no stub."""
    if isinstance(node, ast.Lambda):
        return None
    match node.body[ast.get_docstring(node, clean=False) is not None :]:
        case [
            ast.Raise(
                exc=ast.Call(
                    func=ast.Name(id="NotImplementedError"),
                    args=[ast.Constant(value=str(message))],
                )
            )
        ] if message.startswith("TODO"):
            return message.removeprefix("TODO").removeprefix(":").strip()
    return None


def parameters(args: ast.arguments) -> list[str]:
    names = [each.arg for each in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    rest = [(args.vararg, "*"), (args.kwarg, "**")]
    return names + [stars + each.arg for each, stars in rest if each]


def locate(root):
    """Where each function and method of the learner's stands: {qualified name: (file, line)}.

    What lies below root/cs231n counts, but for the rooms of the course. Files are given relative to
    root, with forward slashes. A file that does not parse is passed over: its check says what is
    wrong with it.
    """
    places = {}
    package = Path(root) / "cs231n"
    for path in sorted(package.rglob("*.py")):
        if path.is_relative_to(package / "course"):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8-sig"))  # some editors leave a mark
        except (SyntaxError, ValueError):
            continue
        for name, line in _functions(tree):
            places.setdefault(name, (path.relative_to(root).as_posix(), line))
    return places


def _functions(node, prefix=""):
    for child in node.body:
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child.lineno
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _shift(line: str, old: str, new: str) -> str:
    if not line.strip():
        return ""
    return new + (line.removeprefix(old) if line.startswith(old) else line.lstrip())
