"""What comes along with answers: parts of their files, as modules of their own.

What the answers' `layer_utils.py` has to lend stands in `cs231n/_from_layer_utils.py`, as it was
written: it is run once and keeps its state, whichever answers use it.

What its functions take from elsewhere they take when they are called. The modules where that is
are imported as a whole, and last: so each of two may need the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cs231n.course.source import Source
from instructor.names import COURSE

DOCSTRING = '"""What answers need of the file that they come from."""'


@dataclass
class Parts:
    """What comes along of a file.

    imports: what the statements need at once. statements: {(line, column): lines}. held: the
    modules from which functions take what they need when they are called.
    """

    futures: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    statements: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def copy(self) -> "Parts":
        return Parts(self.futures, set(self.imports), dict(self.statements), set(self.held))

    def text(self) -> str:
        lines = [DOCSTRING]
        for imports in (self.futures, sorted(self.imports)):
            lines += ["", *imports] if imports else []
        for place in sorted(self.statements):
            lines += ["", "", *self.statements[place]]
        return "\n".join([*lines, *holding(self.held)]) + "\n"


class Along:
    """The modules that come along."""

    def __init__(self, modules: Iterable[str]):
        self.parts: dict[Source, Parts] = {}
        self.whole: set[Source] = set()
        self._modules = dict.fromkeys(modules)

    def copy(self) -> "Along":
        other = Along(())
        other.parts = {source: parts.copy() for source, parts in self.parts.items()}
        other.whole = set(self.whole)
        other._modules = dict(self._modules)
        return other

    def of(self, source: Source) -> Parts:
        return self.parts.setdefault(source, Parts())

    def module(self, source: Source) -> str:
        """The name under which the parts of a file are imported."""
        for name, known in self._modules.items():
            if known is source:
                return name
        stem = source.path.parent.name if source.path.stem == "__init__" else source.path.stem
        plain = name = f"{COURSE}._from_" + re.sub(r"\W", "_", stem)
        count = 1
        while name in self._modules:
            count += 1
            name = f"{plain}_{count}"
        self._modules[name] = source
        return name

    def needs(self, line: str, module: str) -> bool:
        """Whether a line imports something that needs a module at once, to be imported."""
        asked, known = [line], set()
        while asked:
            name = asked.pop().split()[1]
            if name == module:
                return True
            if name not in known and isinstance(self._modules.get(name), Source):
                known.add(name)
                parts = self.of(self._modules[name])
                held = (each for each in parts.held if self._modules[each])
                asked += [*parts.imports, *(f"import {each}" for each in held)]
        return False

    def texts(self) -> dict[Path, str]:
        """The text of each module, by its path in the tree."""
        return {
            Path(self.module(source).replace(".", "/") + ".py"): parts.text()
            for source, parts in self.parts.items()
        }


def holding(modules: Iterable[str]) -> list[str]:
    """The lines by which a module gets others from which its functions take what they need."""
    lines = [f"import {module} as {handle(module)}" for module in sorted(modules)]
    return ["", "", *lines] if lines else []


def handle(module: str) -> str:
    """The name under which a module is held."""
    return "_" + module.removeprefix(f"{COURSE}.").replace(".", "_").lstrip("_")
