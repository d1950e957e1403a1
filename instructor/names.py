"""What the names of answers mean: something of the course, of the answers' own files, or neither.

The exercises are the course's, wherever an answer takes them from, and so is given code that it
imports. What an answer's file defines itself is its own, and so is what it imports from another
file of its folder and the course has nothing for.
"""

import ast
import builtins
import functools
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec, resolve_name
from pathlib import Path

from cs231n.course.source import Source, parameters
from instructor.answers import defined, stubs_of
from instructor.scopes import IMPORTS, assigns, bound_as, is_star, scopes_of
from instructor.source import AssembleError, read_source

COURSE = "cs231n"


class Course:
    """The modules of a student tree, its exercises, and what their names mean; read once.

    homes: {function or class: the module where it is an exercise, or has some}.
    """

    def __init__(self, modules: Mapping[str, Source]):
        self.modules = modules
        self.sources = set(modules.values())
        self.stubs = stubs_of(modules)
        self.homes = {each.split(".")[0]: stub.source for each, stub in self.stubs.items()}
        self.origins = {}


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: a name of a file, or of another package's module.

    name: None for the module itself, "" where a dotted one is imported without a name of its own.
    used: what is used of a module; None for anything.
    """

    home: Source | str
    name: str | None
    used: frozenset[str] | None = field(default=None, compare=False)


class Names:
    """What names mean in the files of an answer, and in the module `home` that it is put into.

    files: {path: file} of the answers, as far as they were read.
    """

    def __init__(self, course: Course, files: dict[Path, Source], home: Source):
        self.course = course
        self.files = files
        self.home = home
        self._origins = {}
        self._open = set()

    def is_course(self, source: Source | str) -> bool:
        return source in self.course.sources

    def is_own(self, source: Source | str) -> bool:
        return isinstance(source, Source) and not self.is_course(source)

    def origin(self, source: Source, name: str) -> Origin | None:
        """Where the value of a file's name comes from, Python's own names included.

        What a file does not know is what `home` says, and None where that does not know it either.
        Raises AssembleError where something that is not there may have given it.
        """
        if found := self.found(source, name):
            return found
        if hasattr(builtins, name):
            return Origin("builtins", name)
        if given := self.found(self.home, name):
            return given
        for node in self._lost_stars(source):
            raise _lost(source, node, f"{name}, perhaps of `{ast.unparse(node)}`,")
        return None

    def found(self, source: Source, name: str) -> Origin | None:
        """Where a file's own statements, star imports included, take a name from."""
        known = self.course.origins if self.is_course(source) else self._origins
        key = source, name
        if key in known or key in self._open:  # open: imports form a circle
            return known.get(key)
        self._open.add(key)
        try:
            found = self._found(source, name)
        finally:
            self._open.remove(key)
        if found or not self._open:
            known[key] = found
        return found

    def meaning(self, source: Source, node: ast.expr) -> Origin | None:
        """Where the value of a name, or of a module's attribute, comes from."""
        if isinstance(node, ast.Name):
            return self.origin(source, node.id)
        module = self.meaning(source, node.value) if isinstance(node, ast.Attribute) else None
        if module and module.name is None and isinstance(module.home, Source):
            return self.found(module.home, node.attr)
        return None

    def imported(self, source: Source, node: ast.stmt, alias: ast.alias) -> Origin:
        """What one name of an import statement stands for."""
        if isinstance(node, ast.ImportFrom):
            return self._taken(source, node, alias)
        has_name = alias.asname or "." not in alias.name
        given, own = self._located(source, 0, alias.name)
        if own and not given and not has_name:
            where = f"{source.path}:{node.lineno}"
            raise AssembleError(f"{where}: `import {alias.name}`: import it with `as` or `from`")
        if (given or own) and has_name:
            return self._module(source, given, own, bound_as(alias))
        return Origin(alias.name, None if has_name else "")

    def starred(self, source: Source, node: ast.ImportFrom) -> tuple[Source | None, Source | None]:
        """The module of the course, and the answers' file, that a star import means."""
        return self._located(source, node.level, node.module or "")

    def exported(self, source: Source, seen: tuple[Source, ...] = ()) -> set[str]:
        """The names that a star import of a file of the answers gives."""
        scopes = scopes_of(source)
        for node in scopes.bound.get("__all__", ()):
            try:
                return set(ast.literal_eval(node.value))
            except (ValueError, AttributeError):  # computed, or no assignment
                continue
        names = {name for name in scopes.bound if not name.startswith("_")}
        for node in scopes.stars:
            given, own = self.starred(source, node)
            if own and own not in seen:
                names |= self.exported(own, (*seen, source))
            elif self._is_outside(node, given, own):
                names |= _names_of(node.module) or set()
        return names

    def _found(self, source: Source, name: str) -> Origin | None:
        scopes = scopes_of(source)
        nodes = scopes.bound.get(name, ())
        last = nodes[-1].lineno if nodes else 0
        if found := self._of_stars(source, name, [n for n in scopes.stars if n.lineno > last]):
            return found
        if nodes and all(isinstance(node, IMPORTS) for node in nodes):
            found = self._of_imports(source, nodes, name)
            if self.is_course(source):
                return found
            changes = scopes.changed.get(name, ())
            is_changed = any(self.is_own(found.home) or assigns(each) for each in changes)
            return Origin(self._kept(source), name) if is_changed else found
        if nodes:
            return self._of_definition(source, nodes, name)
        if name in scopes.rebound and self.is_own(source):
            return Origin(self._kept(source), name)
        if "__getattr__" in scopes.bound:  # a package that gives what its files define
            for each in self._siblings(source):
                if any(defined(node, name) for node in scopes_of(each).bound.get(name, ())):
                    return self.found(each, name)
        return None

    def _of_imports(self, source: Source, nodes: list[ast.stmt], name: str) -> Origin:
        aliases = [(node, each) for node in nodes for each in node.names if bound_as(each) == name]
        found = [self.imported(source, *each) for each in aliases]
        if found[-1].name == "":  # perhaps several modules of one package
            return Origin(", ".join(str(each.home) for each in found), "")
        return found[-1]

    def _of_definition(self, source: Source, nodes: list[ast.stmt], name: str) -> Origin:
        if self.is_own(source) and any(defined(node, name) for node in nodes):
            if name in self.course.homes:
                return Origin(self.course.homes[name], name)
            given = self.found(self.home, name)
            if given and _is_copy(nodes[-1], self._node(given)):
                return given
        return Origin(self._kept(source), name)

    def _kept(self, source: Source) -> Source:
        """The one version of a file that comes along where answers stand in several."""
        return source if self.is_course(source) else self.files.get(source.path, source)

    def _of_stars(self, source: Source, name: str, stars: list[ast.ImportFrom]) -> Origin | None:
        for node in reversed(stars):
            given, own = self.starred(source, node)
            if self._is_outside(node, given, own):
                if name in (_names_of(node.module) or ()):
                    return Origin(node.module, name)
                continue
            own = own if own and name in self.exported(own) else None
            given = None if name.startswith("_") else given
            if found := self._part(given, own, name):
                return found
        return None

    def _lost_stars(self, source: Source) -> Iterator[ast.ImportFrom]:
        """The star imports of which nobody can tell what they give."""
        for node in (each for each in ast.walk(source.tree) if is_star(each)):
            given, own = self.starred(source, node)
            is_outside = self._is_outside(node, given, own)
            if not (given or own) and not (is_outside and _names_of(node.module)):
                yield node

    def _taken(self, source: Source, node: ast.ImportFrom, alias: ast.alias) -> Origin:
        given, own = self._located(source, node.level, node.module or "")
        is_outside = self._is_outside(node, given, own)
        if found := None if is_outside else self._part(given, own, alias.name):
            return found
        inner = f"{node.module}.{alias.name}" if node.module else alias.name
        given, own = self._located(source, node.level, inner)
        if given or own:
            return self._module(source, given, own, bound_as(alias))
        if is_outside:
            return Origin(node.module, alias.name)
        if found := self.is_own(source) and self.found(self.home, alias.name):
            return found
        raise _lost(source, node, alias.name)

    def _part(self, given: Source | None, own: Source | None, name: str) -> Origin | None:
        """A name of a module: the course's, unless the answers have another function there."""
        if name in self.course.homes:
            return Origin(self.course.homes[name], name)
        ours = self.found(given, name) if given else None
        theirs = self.found(own, name) if own else None
        nodes = [each and self._node(each) for each in (ours, theirs)]
        if all(isinstance(node, ast.FunctionDef) for node in nodes):
            taken, wanted = (parameters(node.args) for node in nodes)
            return ours if taken == wanted else theirs
        return ours or theirs

    def _module(
        self, source: Source, given: Source | None, own: Source | None, name: str
    ) -> Origin:
        """A module: the course's, unless it lacks something that is used of it."""
        used = _attributes(source, name)
        if given and (not own or all(self.found(given, each) for each in used or ())):
            return Origin(given, None)
        return Origin(own, None, used)

    def _node(self, origin: Origin) -> ast.stmt | None:
        """The statement that gives a value its last meaning."""
        if isinstance(origin.home, str) or not origin.name:
            return None
        return scopes_of(origin.home).bound[origin.name][-1]

    def _located(
        self, source: Source, level: int, module: str
    ) -> tuple[Source | None, Source | None]:
        """What an import of a file names: the course's module, and the answers' own file."""
        name = module
        if level:
            try:
                name = resolve_name("." * level + module, self._package(source))
            except ImportError:  # it climbs out of the package
                name = ""
        given = self.course.modules.get(name)
        if self.is_course(source):
            return given, None
        path = self._path(source, level, module.split(".") if module else [])
        if not given and not path and not _is_installed(name.split(".")[0]):
            given = self.course.modules.get(f"{COURSE}.{name}")  # `from layers import …`
        try:
            return given, self.read(path, source.root) if path else None
        except AssembleError:
            if given:
                return given, None
            raise

    def _path(self, source: Source, level: int, parts: list[str]) -> Path | None:
        """The file of the answers that an import leads to: the nearest of that name."""
        above = list(source.path.parents[: len(source.name.parts)])
        places = [
            folder.joinpath(*parts) for folder in (above[level - 1 :][:1] if level else above)
        ]
        if parts[:1] == [COURSE] and not level:  # the folder may be the package
            places += [folder.joinpath(*parts[1:]) for folder in above]
        for place in places:
            for path in (place.parent / f"{place.name}.py", place / "__init__.py"):
                if path != source.path and path.is_file() and (parts or path.stem == "__init__"):
                    return path
        return None

    def read(self, path: Path, root: Path) -> Source:
        if path not in self.files:
            self.files[path] = read_source(path, root)
        return self.files[path]

    def _package(self, source: Source) -> str:
        """The package against which the relative imports of a file resolve in the course."""
        if self.is_course(source):
            return source.package
        parts = source.name.parent.parts
        if COURSE in parts:
            last = len(parts) - parts[::-1].index(COURSE)
            return ".".join((COURSE, *parts[last:]))
        inside = ".".join((COURSE, *parts))
        return inside if parts and inside in self.course.modules else self.home.package

    def _siblings(self, source: Source) -> list[Source]:
        """The files of a package."""
        if self.is_course(source):
            inside = f"{source.module}."
            return [each for name, each in self.course.modules.items() if name.startswith(inside)]
        paths = sorted(source.path.parent.glob("*.py"))
        return [self.read(path, source.root) for path in paths if path != source.path]

    @staticmethod
    def _is_outside(node: ast.ImportFrom, given: Source | None, own: Source | None) -> bool:
        return not (given or own or node.level) and node.module.split(".")[0] != COURSE


def _attributes(source: Source, name: str) -> frozenset[str] | None:
    """The attributes that a file takes of a name; None where it does something else with it."""
    nodes = list(ast.walk(source.tree))
    taken = [
        each.attr
        for each in nodes
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and each.value.id == name
    ]
    count = sum(isinstance(each, ast.Name) and each.id == name for each in nodes)
    return frozenset(taken) if count == len(taken) else None


def _is_copy(node: ast.stmt, given: ast.stmt | None) -> bool:
    """Whether a definition is the given one, perhaps in other words; of a class by its name."""
    if type(node) is not type(given) or not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return False
    if isinstance(node, ast.ClassDef):
        return True
    plain = []
    for each in (node, given):
        body = each.body[ast.get_docstring(each, clean=False) is not None :]
        plain.append([ast.dump(each.args), *map(ast.dump, body)])
    return plain[0] == plain[1]


@functools.cache
def _names_of(module: str) -> frozenset[str] | None:
    """The names that `from module import *` gives; None where it is not installed."""
    try:
        found = importlib.import_module(module)
    except Exception:  # it is not there, or fails for reasons of its own
        return None
    names = getattr(found, "__all__", None)
    return frozenset(names or (name for name in vars(found) if not name.startswith("_")))


@functools.cache
def _is_installed(name: str) -> bool:
    return bool(name) and find_spec(name) is not None


def _lost(source: Source, node: ast.stmt, what: str) -> AssembleError:
    return AssembleError(
        f"{source.path}:{node.lineno}: {what} is neither in the course nor below {source.root}"
    )
