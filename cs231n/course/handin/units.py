"""A Python file cut into the pieces that are taken or kept as a whole.

Each line belongs to one unit: a function, a method, the head of a class, or another statement; the
comments and blank lines above it are its own. Put together again, units give the file.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cs231n.course.source import Definition, Source, parsed, todo, top_line

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, eq=False)
class Unit:
    """key: what it is found by in another version of the file. first, last: its lines, from 1.

    top: the line where the statement begins, below the comments. owner: the key of the class that
    it belongs to. A class's head is a unit with the class as its node.
    """

    key: str
    source: Source
    node: ast.stmt | None
    first: int
    top: int
    last: int
    owner: str | None = None
    of_class: ast.ClassDef | None = None

    @cached_property
    def lead(self) -> list[str]:
        return self.source.lines[self.first - 1 : self.top - 1]

    @cached_property
    def lines(self) -> list[str]:
        return self.source.lines[self.top - 1 : self.last]

    @cached_property
    def text(self) -> str:
        """What the statement says: without the blank lines around it."""
        return _bare([*self.lead, *self.lines])

    @property
    def function(self) -> Definition | None:
        if isinstance(self.node, FUNCTIONS):
            return Definition(self.key, self.source, self.node, self.of_class)
        return None

    @property
    def is_stub(self) -> bool:
        return isinstance(self.node, FUNCTIONS) and todo(self.node) is not None

    @cached_property
    def decorators(self) -> list[str]:
        return self.source.lines[self.top - 1 : self.node.lineno - 1]

    @cached_property
    def signature(self) -> list[str]:
        """From `def` to the colon."""
        first = self.node.body[0]
        lines = self.source.lines[self.node.lineno - 1 : first.lineno]
        start = self.source.before(first)
        if start.strip():  # what follows shares its line
            return [*lines[:-1], start.rstrip()]
        end = first.lineno - 1 if self.docstring else self.function.body_line - 1
        return self.source.lines[self.node.lineno - 1 : end]

    @cached_property
    def docstring(self) -> list[str]:
        """Its lines, with what stands between it and the body."""
        if ast.get_docstring(self.node, clean=False) is None:
            return []
        doc = self.node.body[0]
        if self.source.before(doc).strip() or self.source.after(doc).strip()[:1] not in ("", "#"):
            return [self.body_indent + ast.get_source_segment(self.source.text, doc)]
        return self.source.lines[doc.lineno - 1 : self.function.body_line - 1]

    @property
    def body(self) -> list[str]:
        """As it was written: all below signature and docstring."""
        if self.function.is_inline:
            return self.function.body_lines(self.function.body_indent(self.function.indent))
        return self.source.lines[self.function.body_line - 1 : self.last]

    @property
    def body_indent(self) -> str:
        return self.function.body_indent(self.function.indent)

    def body_at(self, indent: str) -> list[str]:
        """The body, indented so."""
        own = self.function
        if own.is_inline:
            return own.body_lines(indent)
        return self._moved(self.body, own.body_line, self.body_indent, indent)

    def head_at(self, lines: list[str], indent: str) -> list[str]:
        """Some of the lines above the body, for a function that is indented so."""
        own = self.function
        start = self.top if lines is self.decorators else own.line
        if lines is self.docstring and lines:
            start = self.node.body[0].lineno
        return self._moved(lines, start, own.indent, indent)

    def whole_at(self, indent: str | None) -> list[str]:
        """All its lines, comments above included, indented so; None: as they are."""
        lines = [*self.lead, *self.lines]
        if self.node is None or indent is None:
            return lines
        return self._moved(lines, self.first, self.source.before(self.node), indent)

    @property
    def indent(self) -> str:
        return self.source.before(self.node) if self.node is not None else ""

    def _moved(self, lines, start, old, new) -> list[str]:
        return lines if old == new else self.source.reindented(lines, start, old, new)

    def mentions(self, name: str) -> bool:
        return re.search(rf"\b{re.escape(name)}\b", self.text) is not None


def same(ours: list[str], theirs: list[str]) -> bool:
    """Whether lines say the same; how far they are indented as a whole does not count."""
    return _bare(ours) == _bare(theirs)


def units_of(text: str, path: Path) -> list[Unit]:
    """The units of a file's text. Raises SyntaxError or ValueError where it is no Python."""
    source = Source(path, path, text, parsed(text, path))
    units = [*_units(source, source.tree.body, 1, len(source.lines))]
    end = units[-1].last if units else 0
    units.append(
        Unit("end of file", source, None, end + 1, len(source.lines) + 1, len(source.lines))
    )
    counts, numbered = Counter(), []
    for unit in units:
        counts[unit.key] += 1
        nth = f"{unit.key}#{counts[unit.key]}" if counts[unit.key] > 1 else unit.key
        numbered.append(unit if nth == unit.key else _renamed(unit, nth))
    return numbered


def bound_names(node: ast.stmt | None) -> set[str]:
    """The names that a statement binds where it stands."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    nodes = ast.walk(node) if node is not None else ()
    return {
        each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _units(source, body, first, end, owner=None, of_class=None) -> Iterator[Unit]:
    """The units of some statements, of which the first has its comments from line `first` on."""
    groups = _groups(source, body)
    for position, (node, last) in enumerate(groups):
        follower = groups[position + 1][0] if position + 1 < len(groups) else None
        limit = top_line(follower) - 1 if follower else end
        last = _with_comments(source, node, last, limit)
        top = top_line(node)
        if isinstance(node, ast.ClassDef) and not _is_one_line(node):
            key = f"class {_within(owner, node.name)}"
            rest = node.body[1:] if _has_docstring(node) else node.body
            head = _end_of_head(source, node) if rest else last
            yield Unit(key, source, node, first, top, head, owner, of_class)
            yield from _units(source, rest, head + 1, last, key, node)
        else:
            key = _key(node, owner)
            yield Unit(key, source, node, first, top, last, owner, of_class)
        first = last + 1


def _groups(source, body) -> list[tuple[ast.stmt, int]]:
    """Statements with their last lines; those that share a line are one."""
    groups = []
    for node in body:
        if groups and top_line(node) <= groups[-1][1]:
            groups[-1] = (groups[-1][0], node.end_lineno)
        else:
            groups.append((node, node.end_lineno))
    return groups


def _with_comments(source, node, last, limit) -> int:
    """The last line of a definition, with the comments below it that are indented as its body."""
    if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return last
    column = len(source.before(node).expandtabs())
    for number in range(last + 1, limit + 1):
        line = source.lines[number - 1].expandtabs()
        if line.strip() and not line.strip().startswith("#"):
            break
        if line.strip() and len(line) - len(line.lstrip()) > column:
            last = number
    return last


def _end_of_head(source, node: ast.ClassDef) -> int:
    if _has_docstring(node):
        return node.body[0].end_lineno
    line = top_line(node.body[0])
    while source.lines[line - 2].strip()[:1] in ("", "#") and line - 1 > node.lineno:
        line -= 1
    return line - 1


def _has_docstring(node) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def _is_one_line(node: ast.ClassDef) -> bool:
    """Whether something shares the line with the class's colon, or it has nothing but one line."""
    return node.body[0].lineno <= max([node.lineno, *(each.end_lineno for each in node.bases)])


def _within(owner: str | None, name: str) -> str:
    return f"{owner.removeprefix('class ')}.{name}" if owner else name


def _key(node: ast.stmt, owner: str | None) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return _within(owner, name)
        case ast.ClassDef(name=name):
            return f"class {_within(owner, name)}"
        case ast.ImportFrom(level=level, module=module):
            key = f"from {'.' * level}{module or ''}"
        case ast.Assign(targets=targets):
            key = ", ".join(map(ast.unparse, targets)) + " ="
        case ast.AnnAssign(target=target):
            key = f"{ast.unparse(target)} ="
        case ast.Expr(value=ast.Constant(value=str())):
            key = "a text"
        case _:
            key = ast.unparse(node)
    return f"{owner}: {key}" if owner else key


def _renamed(unit: Unit, key: str) -> Unit:
    return Unit(
        key, unit.source, unit.node, unit.first, unit.top, unit.last, unit.owner, unit.of_class
    )


def _bare(lines: list[str]) -> str:
    """Lines without blank ones around them and spaces at their ends, moved to the left."""
    lines = [_with_spaces(line.rstrip()) for line in lines]
    while lines and not lines[0]:
        lines = lines[1:]
    while lines and not lines[-1]:
        lines = lines[:-1]
    columns = [len(line) - len(line.lstrip()) for line in lines if line]
    column = min(columns, default=0)
    return "\n".join(line[column:] for line in lines)


def _with_spaces(line: str) -> str:
    """The line, indented by four spaces where there were tabs."""
    text = line.lstrip()
    return line[: len(line) - len(text)].replace("\t", "    ") + text
