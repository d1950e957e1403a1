"""Exercises that a learner has answered in one module, and that the course has in another now."""

import ast
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name
from pathlib import PurePosixPath

from cs231n.course.handin.modules import Versions
from cs231n.course.handin.units import Unit, bound_names


def move_answers(versions: Mapping[str, Versions]) -> dict[str, str]:
    """Gives each module what has come to it, with what that needs; {qualified name: its new path}.

    versions: of each module, by path; of one that is not the course's any more, `new` is empty.
    """
    homes = {key: path for path, each in versions.items() for key in each.new if ":" not in key}
    moved = {}
    for path, here in versions.items():
        for unit in list(here.mine.values()):
            target = homes.get(unit.key)
            if target in (None, path) or not _has_moved(unit, here, versions[target]):
                continue
            there = versions[target]
            there.arrivals[unit.key] = unit
            there.needed += _needed(unit, path, target, versions, homes)
            here.departed.add(unit.key)
            moved[unit.key] = target
    return moved


def _has_moved(unit: Unit, here: Versions, there: Versions) -> bool:
    """Whether a learner's function is an answer that has another home now."""
    is_answer = unit.function is not None and not unit.is_stub and there.new[unit.key].is_stub
    was_there = here.before is None or (unit.key in here.before and here.before[unit.key].is_stub)
    return is_answer and was_there and unit.key not in {**here.new, **there.mine}


def _needed(unit, path, target, versions, homes) -> Iterator[list[str]]:
    """The lines of what an answer uses of the module that it leaves."""
    here, there = versions[path], versions[target]
    known = set().union(
        *(bound_names(each.node) for each in (*there.new.values(), *there.mine.values())
          if each.owner is None)
    )  # fmt: skip
    users, seen = [unit], {unit.key}
    while users:
        user = users.pop()
        for each in here.mine.values():
            names = bound_names(each.node) - known
            if each.owner or each.key in seen or not any(map(user.mentions, names)):
                continue
            seen.add(each.key)
            if isinstance(each.node, ast.Import | ast.ImportFrom):
                yield [_import_from_anywhere(each.node, path, names)]
            elif each.function and each.key in homes:
                yield [f"from {_module(homes[each.key])} import {each.key}"]
            elif not isinstance(each.node, ast.ClassDef):
                users.append(each)
                yield each.whole_at(None)


def _import_from_anywhere(node, path: str, names: set[str]) -> str:
    """An import of some of its names that means the same in another package."""
    used = [alias for alias in node.names if bound_names(type(node)(names=[alias])) & names]
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(names=used))
    package = ".".join(PurePosixPath(path).parts[:-1])
    module = resolve_name("." * node.level + (node.module or ""), package)
    return ast.unparse(ast.ImportFrom(module=module, names=used, level=0))


def _module(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
