"""What a body needs from its module, and what of that has to come along into the student tree."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import resolve_name

from instructor.answers import stubs_of
from instructor.scopes import Scope, bindings, bound_names, declared_global, needed_names
from instructor.source import AssembleError, Definition, Source

IMPORTS = (ast.Import, ast.ImportFrom)


class Course:
    """What the modules of a student tree provide, and where its exercises live."""

    def __init__(self, modules: Mapping[str, Source]):
        self.modules = modules
        self.stubs = stubs = stubs_of(modules)
        self.homes = {each.split(".")[0]: stub.source.module for each, stub in stubs.items()}
        self._provided = {}

    def provided(self, module: str) -> dict[str, set]:
        """The names that a module binds, each with what they mean."""
        if module not in self._provided:
            self._provided[module] = {}  # ends the search where star imports form a circle
            self._provided[module] = self._meanings(self.modules[module])
        return self._provided[module]

    def starred(self, source: Source, package: str) -> list[str]:
        """The modules of the course from which a file in `package` imports everything."""
        targets = [_target(node, package) for node in source.tree.body if _is_star(node)]
        return [target for target in targets if target in self.modules]

    def _meanings(self, source: Source) -> dict[str, set]:
        names = {}
        for module in self.starred(source, source.package):
            for name, meanings in self.provided(module).items():
                if not name.startswith("_"):
                    names.setdefault(name, set()).update(meanings)
        for name, nodes in bindings(source, source.tree.body).items():
            names.setdefault(name, set()).update(_meaning(node, name) for node in nodes)
        return names


@dataclass
class Needs:
    """Statements that have to stand in front of a body, by their order, and what they bind."""

    statements: dict[tuple, ast.stmt] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class Surroundings:
    """The module of an answer, as seen from the module of the stub that it answers."""

    def __init__(self, source: Source, stub: Definition, course: Course):
        self.source = source
        self.stub = stub
        self.course = course
        self.bound = bindings(source, source.tree.body)
        self.provided = course.provided(stub.source.module)

    def bring(self, function: Definition, indent: str) -> list[str]:
        """The lines that have to stand in front of a function's body."""
        scope = Scope(function)
        needs = self._needs(scope)
        if not needs.names & scope.local:
            return self._lines(needs, indent)
        # A helper needs a name that the body uses for something else: keep the two apart.
        wanted = "".join(f"{name}, " for name in sorted(needs.names & scope.free))
        return [
            f"{indent}def _brought_along():",
            *self._lines(needs, indent + "    "),
            f"{indent}    return {wanted.rstrip()}",
            f"{indent}{wanted}= _brought_along()",
        ]

    def has(self, name: str) -> bool:
        """Whether a name means the same in the stub's module as it does here."""
        if name not in self.bound:
            return name in self.provided
        meanings = {_meaning(node, name) for node in self.bound[name]}
        return meanings <= self.provided.get(name, set())

    def _needs(self, scope: Scope) -> Needs:
        needs, wanted, seen = Needs(), set(scope.free), set()
        changed = scope.declared_global
        while wanted:
            name = wanted.pop()
            seen.add(name)
            if self.has(name) and name not in scope.local:
                continue
            for node in self._supply(name):
                if isinstance(node, IMPORTS):
                    needs.statements[False, node.lineno, name] = node
                    needs.names.add(name)
                else:
                    needs.statements[True, node.lineno, node.col_offset] = node
                    needs.names |= bound_names(self.source, node)
                    wanted |= needed_names(self.source, node) - seen
                    changed |= declared_global(self.source, node)
        for name in sorted(changed & needs.names):
            raise AssembleError(
                f"{scope.function}: {scope.function.id} needs `global {name}`, and a global that "
                "changes cannot come along"
            )
        return needs

    def _supply(self, name: str) -> list[ast.stmt]:
        """The statements that give a name what it means here."""
        nodes = self.bound.get(name, [])
        starred = [] if nodes else self.course.starred(self.source, self.stub.source.package)
        is_course = all(_meaning(node, name) == ("course", name) for node in nodes)
        if name in self.course.homes and is_course and (nodes or starred):
            return [_import_from(self.course.homes[name], name)]
        for module in reversed(starred):
            if name in self.course.provided(module):
                return [_import_from(module, name)]
        return [_narrowed(node, name) if isinstance(node, IMPORTS) else node for node in nodes]

    def _lines(self, needs: Needs, indent: str) -> list[str]:
        lines = []
        for _, node in sorted(needs.statements.items()):
            if isinstance(node, IMPORTS):
                lines.append(indent + ast.unparse(node))
            else:
                lines += self.source.excerpt(node, node, indent)
        return lines


def _meaning(node: ast.stmt, name: str) -> tuple:
    """What a statement binds a name to: what is equal here counts as the same thing."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return "course", node.name
    if not isinstance(node, IMPORTS):
        return "statement", ast.dump(node)
    target = _alias(node, name).name
    if isinstance(node, ast.Import):
        return "module", target
    if node.level or node.module.split(".")[0] == "cs231n":
        return "course", target
    return "import", node.module, target


def _alias(node: ast.Import | ast.ImportFrom, name: str) -> ast.alias:
    return next(each for each in node.names if name == (each.asname or each.name.split(".")[0]))


def _narrowed(node: ast.Import | ast.ImportFrom, name: str) -> ast.stmt:
    """An import of one name alone, so that it does not fail for the sake of another."""
    fields = {**dict(ast.iter_fields(node)), "names": [_alias(node, name)]}
    return ast.copy_location(type(node)(**fields), node)


def _import_from(module: str, name: str) -> ast.ImportFrom:
    return ast.ImportFrom(module=module, names=[ast.alias(name=name)], level=0, lineno=0)


def _is_star(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def _target(node: ast.ImportFrom, package: str) -> str | None:
    try:
        return resolve_name("." * node.level + (node.module or ""), package)
    except ImportError:  # a relative import that climbs out of the package
        return None
