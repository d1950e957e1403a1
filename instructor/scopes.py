"""Which names a piece of source binds, uses and changes."""

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from cs231n.course.source import Source

IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
INSIDE = ("body", "elt", "key", "value", "generators")  # of definitions and comprehensions
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scopes:
    """The names of one file: what its statements bind and change, and what its functions need."""

    def __init__(self, source: Source):
        self.source = source
        body = [each for each in source.tree.body if not is_script(each)]
        self.futures = [each for each in body if _is_future(each)]
        self.stars = [each for each in body if is_star(each)]
        self.bound = bindings(each for each in body if each not in self.futures + self.stars)
        self._body = body
        aliases = [each.name for node in self.futures for each in node.names]
        self.has_late_annotations = "annotations" in aliases

    def needed(self, function: ast.FunctionDef) -> set[str]:
        """The names that a function takes from its module when it is called."""
        return {each.get_name() for each in self._symbols(function) if each.is_global()}

    def declared_global(self, function: ast.FunctionDef) -> set[str]:
        return {each.get_name() for each in self._symbols(function) if each.is_declared_global()}

    @cached_property
    def rebound(self) -> set[str]:
        """The names that some function of the file declares global."""
        if "global" not in self.source.text:  # the walk takes long
            return set()
        globals_ = (each for each in ast.walk(self.source.tree) if isinstance(each, ast.Global))
        return {name for each in globals_ for name in each.names}

    @cached_property
    def changed(self) -> dict[str, list[ast.stmt]]:
        """The statements of the module that may change what a name stands for: fill a table, say.

        What may be changed at all is changed by every statement that names it; all else by those
        that assign to a part of it or call one of its methods.
        """
        found = {}
        for node in self._body:
            if isinstance(node, IMPORTS) or _is_print(node):
                continue
            names = self._changed_by(at_once(node))
            if isinstance(node, ast.ClassDef):
                names |= {name for name in map(_root, node.bases) if self._knows_heirs(name)}
            for part in getattr(node, "decorator_list", [node]):
                inside = _walk(part, (*DEFINITIONS, ast.Lambda))
                names |= {each.id for each in inside if isinstance(each, ast.Name)} & self._data
            for name in names - {None}:
                found.setdefault(name, []).append(node)
        return found

    @cached_property
    def _data(self) -> set[str]:
        """The names of what may be changed: no functions, classes, modules or plain constants."""
        return {
            name
            for name, nodes in self.bound.items()
            if not all(isinstance(node, (*IMPORTS, *DEFINITIONS)) for node in nodes)
            and not all(_is_constant(getattr(node, "value", None)) for node in nodes)
        }

    def _changed_by(
        self,
        parts: Iterable[ast.AST],
        within: ast.FunctionDef | None = None,
        seen: frozenset[str] = frozenset(),
    ) -> set[str]:
        """What parts of the module, or of one of its functions, change, by the functions that
        they call too."""
        names, called = set(), []
        for each in parts:
            if isinstance(each, (ast.Attribute, ast.Subscript)):
                names |= set() if isinstance(each.ctx, ast.Load) else {_root(each)}
            elif isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
                names |= {_root(each.value.func)} | set(map(_root, each.value.args)) - self._fixed
            elif isinstance(each, ast.Call):
                called.append(each.func)
                if _root(each.func) == "setattr":
                    names.add(_root(each.args[0]))
            called += getattr(each, "decorator_list", [])
        if within:
            names = names & self.needed(within) | self.declared_global(within)
        for name in {each.id for each in called if isinstance(each, ast.Name)} - seen:
            for node in self.bound.get(name, ()):
                if isinstance(node, ast.FunctionDef):
                    inside = (part for each in node.body for part in ast.walk(each))
                    names |= self._changed_by(inside, node, seen | {name})
        return names

    @cached_property
    def _fixed(self) -> set[str]:
        """The names of functions and classes, which a call does not change by taking them."""
        return {
            name
            for name, nodes in self.bound.items()
            if any(isinstance(node, DEFINITIONS) for node in nodes)
        }

    def _knows_heirs(self, name: str | None) -> bool:
        """Whether a class of the file is told of each class that inherits from it."""
        nodes = [node for node in self.bound.get(name, ()) if isinstance(node, ast.ClassDef)]
        return any("__init_subclass__" in bindings(node.body) for node in nodes)

    def _symbols(self, function: ast.FunctionDef) -> Iterator[symtable.Symbol]:
        for table in _nested(self._tables[function.name, function.lineno]):
            yield from table.get_symbols()

    @cached_property
    def _tables(self) -> dict[tuple[str, int], symtable.SymbolTable]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = symtable.symtable(self.source.text, str(self.source.path), "exec")
        tables = (each for each in _nested(module) if each.get_type() == "function")
        return {(each.get_name(), each.get_lineno()): each for each in tables}


@lru_cache(maxsize=500)
def scopes_of(source: Source) -> Scopes:
    return Scopes(source)


def bindings(statements: Iterable[ast.stmt]) -> dict[str, list[ast.stmt]]:
    """The statements of a module or class that bind each name."""
    found = {}
    for node in statements:
        for name in bound_by(node):
            found.setdefault(name, []).append(node)
    return found


def bound_by(node: ast.stmt) -> set[str]:
    """The names that a statement binds where it stands."""
    names = set()
    for each in at_once(node):
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
            names.add(each.id)
        elif isinstance(each, DEFINITIONS):
            names.add(each.name)
        elif isinstance(each, IMPORTS):
            names |= {bound_as(alias) for alias in each.names}
    return names


def used_by(node: ast.AST, annotations: bool = True) -> set[str]:
    """The names that a statement uses where it stands: values, bases, decorators, defaults."""
    return {
        each.id
        for each in _walk(node, ast.FunctionDef, () if annotations else ("annotation", "returns"))
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }


def functions_in(node: ast.AST) -> Iterator[ast.FunctionDef]:
    """The functions and methods of a statement, less those inside of others."""
    return (each for each in _walk(node, ast.FunctionDef) if isinstance(each, ast.FunctionDef))


def at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What a statement holds, less what has a scope of its own."""
    found = _walk(node, (*DEFINITIONS, *COMPREHENSIONS, ast.Lambda))
    return (each for each in found if not isinstance(each, COMPREHENSIONS))


def is_star(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def is_script(node: ast.stmt) -> bool:
    """Whether a statement begins with `if __name__ ==`."""
    test = getattr(node, "test", None) if isinstance(node, ast.If) else None
    return isinstance(test, ast.Compare) and ast.unparse(test.left) == "__name__"


def bound_as(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _walk(
    node: ast.AST, closed: type | tuple[type, ...], unseen: tuple[str, ...] = ()
) -> Iterator[ast.AST]:
    """A node and what it holds, less what is `unseen`; of closed nodes not what is in them."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in unseen and not (isinstance(node, closed) and name in INSIDE):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from _walk(each, closed, unseen)


def _is_print(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and _root(getattr(node.value, "func", node)) == "print"


def _is_constant(node: ast.AST | None) -> bool:
    """Whether an expression gives a number, a text, a tuple of such, or a function."""
    kinds = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.operator, ast.unaryop, ast.Load)
    if isinstance(node, ast.Lambda):
        return True
    return node is not None and all(isinstance(each, kinds) for each in ast.walk(node))


def assigns(node: ast.stmt) -> bool:
    """Whether a statement assigns to an attribute or an item."""
    return any(
        isinstance(each, (ast.Attribute, ast.Subscript)) and not isinstance(each.ctx, ast.Load)
        for each in at_once(node)
    )


def _root(node: ast.expr) -> str | None:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _nested(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _nested(child)
