"""Takes pieces of answers to another place, where they mean what they meant in their file.

What they need there comes along, if the place has not the same under the same name.
"""

import ast

from cs231n.course.source import Definition, Source, top_line
from instructor.along import Along, handle
from instructor.names import Names, Origin
from instructor.scopes import (
    IMPORTS,
    at_once,
    bound_as,
    bound_by,
    functions_in,
    is_star,
    scopes_of,
    used_by,
)
from instructor.source import AssembleError


class Carrier:
    """Takes what one answer needs along, and says how to get at it.

    held: the modules from which functions in the stub's module take what they need.
    """

    def __init__(self, names: Names, along: Along):
        self.names = names
        self.along = along
        self.held = set()

    def function(
        self, head: list[str], function: Definition, inner: str, place: Source
    ) -> list[str]:
        """The lines of a function of an answer's file, so that it can be called elsewhere.

        head: the lines above its body. inner: the indentation of the body. place: the stub's
        module; or the function's own file, for what comes along of that.
        """
        needs = []
        for name in sorted(scopes_of(function.source).needed(function.node)):
            if name == function.id and place is function.source:
                continue  # itself, as it was written
            origin = self._wanted(function.source, name, place)
            if name == "globals" and origin is None:
                where = f"{function.source.path}:{function.line}"
                raise AssembleError(
                    f"{where}: what globals() gives cannot be told and brought along"
                )
            if origin and self._is_copied(origin, place):
                self.along.of(place).imports.add(self._line(origin, name))
            elif origin:
                needs.append(inner + self.taking(origin, name, place))
        return [*head, *needs, *self._mended(function).body_lines(inner)]

    def statement(self, source: Source, node: ast.stmt, indent: str, place: Source) -> list[str]:
        """The lines of a statement of an answer's file; its functions can be called elsewhere."""
        whole = self._mended(Definition("", source, node, None))
        old, start = source.before(node), top_line(node)
        lines = whole.source.excerpt(whole.node, whole.node, indent)
        plain = set(at_once(node))  # but no methods
        for each in reversed(list(functions_in(node))):
            function = Definition(each.name if each in plain else "", source, each, None)
            outer = indent + function.indent.removeprefix(old)
            head, inner = function.header_lines(outer), function.body_indent(outer)
            new = self.function(head, function, inner, place)
            lines[top_line(each) - start : each.end_lineno - start + 1] = new
        return lines

    def taking(self, origin: Origin, name: str, place: Source) -> str:
        """The line by which a function gets a value, under a name, each time it is called."""
        line = self._line(origin, name)
        if not isinstance(origin.home, Source):
            return line
        held = self.held if self.names.is_course(place) else self.along.of(place).held
        module = self._module(origin.home)
        held.add(module)
        return f"{name} = {handle(module)}" + (f".{origin.name}" if origin.name else "")

    def early(self, source: Source, node: ast.AST, place: Source) -> dict[str, str]:
        """The imports that a statement needs above itself, by the names that they bind."""
        used = used_by(node, not scopes_of(source).has_late_annotations)
        origins = {name: self._wanted(source, name, place) for name in sorted(used)}
        return {name: self._line(origin, name) for name, origin in origins.items() if origin}

    def take(self, source: Source, name: str) -> None:
        """Takes along what gives a name of a file its value: all that binds or changes it."""
        scopes, parts = scopes_of(source), self.along.of(source)
        parts.futures = [ast.unparse(each) for each in scopes.futures]
        for node in (*scopes.bound.get(name, ()), *scopes.changed.get(name, ())):
            place = node.lineno, node.col_offset
            if isinstance(node, IMPORTS):
                for alias in (each for each in node.names if bound_as(each) == name):
                    origin = self.names.imported(source, node, alias)
                    parts.imports.add(self._line(origin, name))
            elif place not in parts.statements:
                parts.statements[place] = []  # ends the search in a circle
                parts.imports.update(self.early(source, node, source).values())
                parts.statements[place] = self.statement(source, node, "", source)
                if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call):
                    for other in bound_by(node):  # perhaps the same thing under another name
                        self.take(source, other)

    def changing_globals(self, source: Source, function: ast.FunctionDef) -> list[str]:
        """The names that a function needs and some function makes anew: they have to be looked up
        in the module that they were written in."""
        names, scopes = self.names, scopes_of(source)
        changing = set(scopes.declared_global(function))
        for name in scopes.needed(function):
            origin = names.origin(source, name)
            is_own = origin and origin.name and names.is_own(origin.home)
            if is_own and origin.name in scopes_of(origin.home).rebound:
                changing.add(name)
        return sorted(changing)

    def _wanted(self, source: Source, name: str, place: Source) -> Origin | None:
        """Where a place has to get a name of a file from, if it has not the same already."""
        origin = self.names.origin(source, name)
        if origin is None or origin == self._there(place, name):
            if origin and origin.home is source:
                self.take(source, name)
            return None
        return origin

    def _is_copied(self, origin: Origin, place: Source) -> bool:
        """Whether a file has taken a value over as it was at first, and it changes since."""
        is_own = self.names.is_own(place) and self.names.is_own(origin.home)
        return is_own and origin.name in scopes_of(origin.home).rebound

    def _there(self, place: Source, name: str) -> Origin | None:
        """What a name means in the stub's module, or in what comes along of a file by itself."""
        if self.names.is_course(place):
            return self.names.origin(place, name)
        found = self.names.origin(place, name)
        return found if found and found.home in (place, "builtins") else None

    def _line(self, origin: Origin, name: str) -> str:
        """The import of a value under a name; what is of the answers' files is taken along."""
        if self.names.is_own(origin.home):
            if origin.name is None:
                self._take_module(origin)
            else:
                self.take(origin.home, origin.name)
        module = self._module(origin.home)
        if origin.name:
            return f"from {module} import {origin.name}" + _as(origin.name, name)
        return f"import {module}" + (_as(module, name) if origin.name is None else "")

    def _module(self, home: Source | str) -> str:
        if isinstance(home, str):
            return home
        return home.module if self.names.is_course(home) else self.along.module(home)

    def _take_module(self, origin: Origin) -> None:
        """Takes along what is used of a file that is imported as a whole."""
        source, names = origin.home, origin.used
        self.along.of(source)
        if names is None:
            if source in self.along.whole:
                return
            self.along.whole.add(source)
            names = self.names.exported(source)
        for name in sorted(names):
            found = self.names.found(source, name)
            if found and found.home is source:
                self.take(source, name)
            elif found:
                self.along.of(source).imports.add(self._line(found, name))

    def _mended(self, function: Definition) -> Definition:
        """The same where imports inside of it lead to where they lead in the course.

        It stands in a copy of its file, on the same lines.
        """
        source, node = function.source, function.node
        if not any("import" in line for line in source.lines[node.lineno - 1 : node.end_lineno]):
            return function
        texts = {}
        for each in (each for each in ast.walk(node) if isinstance(each, IMPORTS)):
            if text := self._mended_import(source, each):
                texts[each] = text
        if not texts:
            return function
        lines = list(source.lines)
        for each in sorted(texts, key=lambda each: (-each.lineno, -each.col_offset)):
            kept = " \\\n" * (each.end_lineno - each.lineno)
            line = source.before(each) + texts[each] + kept + source.after(each)
            lines[each.lineno - 1 : each.end_lineno] = line.split("\n")
        text = "\n".join(lines)
        mended = Source(source.path, source.name, text, ast.parse(text))
        place = type(node), node.lineno, node.col_offset
        for each in ast.walk(mended.tree):
            if isinstance(each, ast.stmt) and (type(each), each.lineno, each.col_offset) == place:
                return Definition(function.id, mended, each, function.owner)
        raise AssembleError(f"{function}: the imports inside of it could not be mended")

    def _mended_import(self, source: Source, node: ast.Import | ast.ImportFrom) -> str | None:
        """What has to stand in an import's place, where it would lead astray in the course."""
        if is_star(node):
            given, own = self.names.starred(source, node)
            if own and not given:
                what = f"`{ast.unparse(node)}` inside of a block: import names instead"
                raise AssembleError(f"{source.path}:{node.lineno}: {what}")
            return f"from {given.module} import *" if given else None
        try:
            found = [
                (self.names.imported(source, node, each), bound_as(each)) for each in node.names
            ]
        except AssembleError:
            if isinstance(node, ast.Import):
                raise
            return None  # it fails where it is run, as it would have done, or is not run
        is_astray = getattr(node, "level", 0) or any(self.names.is_own(o.home) for o, _ in found)
        return "; ".join(self._line(*each) for each in found) if is_astray else None


def _as(name: str, bound: str) -> str:
    return "" if name == bound else f" as {bound}"
