"""Which names a piece of source binds, and which it takes from around it."""

import ast
import symtable
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from instructor.source import Definition, Source


class Scope:
    """A function, the names that its body binds, and those that it takes from its module."""

    def __init__(self, function: Definition):
        self.function = function

    @cached_property
    def _tables(self) -> list[symtable.SymbolTable]:
        node = self.function.node
        return next(
            list(_nested(table))
            for table in _nested(_table(self.function.source, node))
            if table.get_type() == "function" and table.get_name() == node.name
        )

    @property
    def local(self) -> set[str]:
        return _names(self._tables[:1], symtable.Symbol.is_local)

    @property
    def free(self) -> set[str]:
        return _names(self._tables, symtable.Symbol.is_global)

    @property
    def declared_global(self) -> set[str]:
        return _names(self._tables, symtable.Symbol.is_declared_global)


def bindings(source: Source, statements: Iterable[ast.stmt]) -> dict[str, list[ast.stmt]]:
    """The statements of a module or class that bind each name."""
    found = {}
    for node in statements:
        if not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            for name in bound_names(source, node):
                found.setdefault(name, []).append(node)
    return found


def bound_names(source: Source, node: ast.stmt) -> set[str]:
    return _names([_table(source, node)], _is_bound)


def needed_names(source: Source, node: ast.stmt) -> set[str]:
    """The names that a statement takes from its module, now or when its functions are called."""
    return _names(_nested(_table(source, node)), symtable.Symbol.is_global)


def needed_at_once(source: Source, node: ast.stmt) -> set[str]:
    """The names that the statement itself uses: values, decorators and defaults."""
    return _names([_table(source, node)], symtable.Symbol.is_referenced)


def declared_global(source: Source, node: ast.stmt) -> set[str]:
    return _names(_nested(_table(source, node)), symtable.Symbol.is_declared_global)


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _names(
    tables: Iterable[symtable.SymbolTable], test: Callable[[symtable.Symbol], bool]
) -> set[str]:
    return {each.get_name() for table in tables for each in table.get_symbols() if test(each)}


def _nested(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _nested(child)


def _table(source: Source, node: ast.stmt) -> symtable.SymbolTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return symtable.symtable("\n".join(source.excerpt(node, node)), str(source.path), "exec")
