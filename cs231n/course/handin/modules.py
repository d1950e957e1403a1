"""A module of a learner's, brought up to the course's new one."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cs231n.course.handin.merging import Told, is_exercise, is_written, merged
from cs231n.course.handin.units import Unit, bound_names, same, units_of
from cs231n.course.source import parsed


class CannotMerge(Exception):
    """Two versions of a file cannot be brought together; its text says why."""


@dataclass
class Versions:
    """The units of a module: as released (None where that is not known), a learner's, the new ones.

    arrivals: exercises that the learner has written in another module and the course has here now,
    and what they need of that module. departed: keys of those that have gone to another one.
    """

    before: Mapping[str, Unit] | None
    mine: Mapping[str, Unit]
    new: Mapping[str, Unit]
    arrivals: dict[str, Unit] = field(default_factory=dict)
    needed: list[list[str]] = field(default_factory=list)
    departed: set[str] = field(default_factory=set)


def read_units(text: str, path: str) -> dict[str, Unit]:
    return {unit.key: unit for unit in units_of(text, Path(path))}


def learners_units(versions: Versions) -> list[Unit]:
    """What of a module is the learner's own: written bodies, and all that the course never had."""
    units = [*versions.mine.values(), *versions.arrivals.values()]
    return [unit for unit in units if unit.node is not None and _is_learners(unit, versions)]


def merge_module(versions: Versions, path: str) -> tuple[str, Told]:
    """The text of the new module with all that is the learner's in it.

    Raises CannotMerge where that would be no Python, or would lack a body of the learner's.
    """
    told = Told()
    theirs = learners_units(versions)
    kept = _kept(versions, theirs)
    entries = []
    for key, unit in versions.new.items():
        mine = versions.arrivals.get(key) or versions.mine.get(key)
        before = versions.before.get(key) if versions.before is not None else None
        if mine is not None and versions.before is not None and before is None:
            before = unit  # a name that the course has only now, and the learner had before
            if not unit.is_stub and unit.function and mine.text != unit.text:
                told.warnings.append((mine.top, f"the course has {key} now, too: yours stays"))
        lines = unit.whole_at(None) if mine is None else merged(before, mine, unit, told)
        entries.append((key, lines))
        if isinstance(unit.node, ast.ImportFrom) and mine is not None:
            entries += _more_names(before, mine, unit, theirs)
    _place(entries, versions, kept)
    _tell_of_kept(versions, kept, told)
    text = "\n".join(line for _, lines in entries for line in lines)
    _check(text, path, versions, theirs)
    return text, told


def _is_learners(unit: Unit, versions: Versions) -> bool:
    new, before = versions.new.get(unit.key), (versions.before or {}).get(unit.key)
    if unit.key in versions.arrivals:
        return True
    if unit.key in versions.departed:
        return False
    if new is not None and unit.text == new.text:
        return False
    if versions.before is not None:
        return before is None or unit.text != before.text
    if new is None:
        return not isinstance(unit.node, ast.Import | ast.ImportFrom)
    return is_exercise(None, unit, new) and is_written(None, unit, new)


def _kept(versions: Versions, theirs: Iterable[Unit]) -> dict[str, list[str]]:
    """The lines of each unit that the new module has not and the learner needs, by key."""
    mine = {k: u for k, u in versions.mine.items() if k not in versions.departed}
    extra = {key: unit for key, unit in mine.items() if key not in versions.new and unit.node}
    chosen = {unit.key: unit for unit in theirs if unit.key in extra}
    while True:
        users = [*theirs, *chosen.values()]
        more = {
            key: unit
            for key, unit in extra.items()
            if key not in chosen and (_is_used(unit, users) or _belongs(unit, chosen, versions))
        }
        if not more:
            break
        chosen |= more
    indents = {u.owner: u.indent for u in versions.new.values() if u.owner}
    return {k: u.whole_at(indents.get(u.owner)) for k, u in extra.items() if k in chosen}


def _is_used(unit: Unit, users: Iterable[Unit]) -> bool:
    names = bound_names(unit.node)
    return any(user is not unit and user.mentions(name) for user in users for name in names)


def _belongs(unit: Unit, chosen: Mapping[str, Unit], versions: Versions) -> bool:
    """Whether it is a class of which something is kept, or a part of such a class."""
    if unit.owner and unit.owner not in versions.new:
        return unit.owner in chosen or any(each.owner == unit.owner for each in chosen.values())
    return any(each.owner == unit.key for each in chosen.values())


def _more_names(before, mine, new, theirs: Sequence[Unit]) -> list[tuple[str, list[str]]]:
    """What a learner imports of a module besides what the course imports of it."""
    if not isinstance(mine.node, ast.ImportFrom):
        return []
    known = bound_names(before.node) if before else set()
    here = bound_names(new.node)
    more = [
        ast.unparse(alias)
        for alias in mine.node.names
        if (name := alias.asname or alias.name) not in here
        and (
            (before is not None and name not in known)
            or any(each.mentions(name) for each in theirs)
        )
    ]
    if not more:
        return []
    module = "." * new.node.level + (new.node.module or "")
    return [(f"{new.key} more", [f"from {module} import {', '.join(more)}"])]


def _place(entries: list, versions: Versions, kept: Mapping[str, list[str]]) -> None:
    """Puts what is kept behind what it followed in the learner's file."""
    anchor = None
    for key, unit in versions.mine.items():
        keys = [each for each, _ in entries]
        if key in keys:
            anchor = key
        elif key in kept:
            start = keys.index(anchor) + 1 if anchor in keys else 0
            while start < len(keys) and keys[start].endswith(" more"):
                start += 1
            if unit.owner in keys:
                start = max(start, keys.index(unit.owner) + 1)
            entries.insert(start, (key, kept[key]))
            anchor = key
    imports = [
        number
        for number, (key, _) in enumerate(entries)
        if key.startswith(("import ", "from ")) or key == "a text"
    ]
    at = imports[-1] + 1 if imports else 0
    entries[at:at] = [("needed", lines) for lines in versions.needed]


def _tell_of_kept(versions: Versions, kept: Mapping[str, list[str]], told: Told) -> None:
    for unit in (versions.mine[key] for key in kept):
        told.yours.append(unit.key)
        before = (versions.before or {}).get(unit.key)
        if before is not None and before.is_stub:
            told.warnings.append(
                (unit.top, f"{unit.key} is no exercise of the course any more: yours stays")
            )


def _check(text: str, path: str, versions: Versions, theirs: Iterable[Unit]) -> None:
    """That it is Python, and that each body of the learner's stands in it."""
    try:
        parsed(text, Path(path))
        now = read_units(text, path)
    except (SyntaxError, ValueError) as error:
        raise CannotMerge(
            f"with yours in it, the course's new one is no Python: {error}"
        ) from error
    for unit in theirs:
        new, before = versions.new.get(unit.key), (versions.before or {}).get(unit.key)
        # Given code that both have changed is the course's, and told; so is a TODO.
        if unit.function is None or (
            new and not (is_exercise(before, unit, new) and is_written(before, unit, new))
        ):
            continue
        if unit.key not in now or not same(unit.body, now[unit.key].body):
            raise CannotMerge(f"{unit.key} cannot be put into the course's new one")
