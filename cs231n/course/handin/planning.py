"""What an update would do to each file of a copy. Nothing is changed here."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cs231n.course.handin.errors import HandInError, told
from cs231n.course.handin.modules import (
    CannotMerge,
    Versions,
    learners_units,
    merge_module,
    read_units,
)
from cs231n.course.handin.moving import move_answers
from cs231n.course.handin.notebooks import NoNotebook, as_file, merge_notebook, read_notebook
from cs231n.course.handin.releases import RECORD, TEXTS, Release, as_text, digest, is_merged


@dataclass
class Plan:
    """What is to be written and removed, and what the learner is told.

    new, changed, removed: paths of the course. merged: what is the learner's in a file, by path.
    warnings: what to look at. left: what cannot be brought up to date; while there is any, the
    copy counts as of its old version, so that the next update tries again.
    """

    writes: dict[str, bytes] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.writes or self.removals or self.left)


def plan_update(root: Path, files: Mapping[str, bytes], release: Release, own: Release) -> Plan:
    """The plan that brings a copy to the files of a release.

    own: what the copy was released as. Raises HandInError where a file of the copy cannot be read.
    """
    plan, texts = Plan(), {}
    for path, data in files.items():
        if path in (RECORD, TEXTS):
            continue
        mine = _read(root, path, plan)
        if path in plan.left:
            continue
        if mine is None:
            plan.writes[path] = data
            (plan.back if path in own.digests else plan.new).append(path)
        elif digest(mine) == digest(data) or own.has(path, data):
            pass  # the same, or the course has changed nothing
        elif own.has(path, mine):
            plan.writes[path] = data
            plan.changed.append(path)
        elif is_merged(path):
            texts[path] = (mine, data)
        else:
            plan.writes[path] = data
            plan.changed.append(path)
            if own.is_known:
                plan.warnings.append(f"{path}: you had changed it, and it is the course's now")
    _plan_removals(root, files, own, plan)
    _plan_notebooks(texts, own, plan)
    _plan_modules(root, texts, files, own, plan)
    if not plan.left:
        plan.writes |= {
            path: files[path] for path in (RECORD, TEXTS) if _bytes(root / path) != files[path]
        }
    return plan


def _read(root: Path, path: str, plan: Plan) -> bytes | None:
    target = root / path
    above = [root.joinpath(*PurePosixPath(path).parts[:n]) for n in range(1, path.count("/") + 1)]
    if target.is_dir() or any(each.exists() and not each.is_dir() for each in above):
        plan.left[path] = "a folder or file of yours is in its place"
        return None
    return _bytes(target)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise HandInError(f"Nothing was changed: {told(error)}") from error


def _plan_removals(root: Path, files, own: Release, plan: Plan) -> None:
    """What the course has no more goes, unless the learner has changed it."""
    for path in sorted(own.digests.keys() - files.keys() - {RECORD, TEXTS}):
        mine = _bytes(root / path)
        if mine is None:
            continue
        if own.has(path, mine):
            plan.removals.append(path)
        else:
            plan.warnings.append(f"{path}: the course has it no more; yours stays")


def _plan_notebooks(texts: Mapping, own: Release, plan: Plan) -> None:
    for path, (mine, data) in texts.items():
        if not path.endswith(".ipynb"):
            continue
        before = read_notebook(own.texts[path]) if path in own.texts else None
        try:
            yours = read_notebook(as_text(mine))
        except (NoNotebook, UnicodeDecodeError) as error:
            plan.writes[path] = data
            plan.warnings.append(f"{path}: {error}; the course's is in its place")
            continue
        merged, counts = merge_notebook(before, yours, read_notebook(as_text(data)))
        _write_text(path, as_file(merged), mine, plan)
        if path in plan.writes:
            plan.merged[path] = f"cells {counts}" if str(counts) else ""
            if before is None and own.is_known:
                plan.warnings.append(f"{path}: cells that differ are the course's now")
        if counts.both:
            plan.warnings.append(f"{path}: cells changed by you and the course: {counts.both}")


def _plan_modules(root: Path, texts: Mapping, files: Mapping, own: Release, plan: Plan) -> None:
    """Exercises and given code, all together: an answer may have to move to another module."""
    versions = {}
    for path in {*texts, *_modules_of(root), *filter(is_merged, files)}:
        if path.endswith(".py") and is_merged(path) and path not in plan.left:
            each = _versions(path, _bytes(root / path), files.get(path), own, path in texts, plan)
            if each is not None:
                versions[path] = each
    moved = move_answers(dict(sorted(versions.items())))
    for path, each in sorted(versions.items()):
        if not each.new:
            _plan_old_module(path, each, own, plan)
        elif path in texts or each.arrivals or each.departed:
            _plan_module(path, each, _bytes(root / path) or b"", plan)
    for name, path in moved.items():
        if path in plan.writes:
            plan.warnings.append(f"{name} stands in {path} now, and your answer with it")


def _modules_of(root: Path) -> list[str]:
    paths = (path.relative_to(root).as_posix() for path in (root / "cs231n").rglob("*.py"))
    return [path for path in paths if is_merged(path)]


def _versions(path, mine, new, own: Release, is_needed: bool, plan: Plan) -> Versions | None:
    """The versions of a module, or None where the learner's or the new one cannot be read."""
    try:
        units = read_units(as_text(mine), path) if mine is not None else {}
    except (SyntaxError, ValueError) as error:
        if is_needed:
            line = f", line {error.lineno}" if getattr(error, "lineno", None) else ""
            what = getattr(error, "msg", None) or error
            plan.left[path] = f"it is no Python yet{line} ({what}): mend it, then update again"
        return None
    before = own.texts.get(path)
    known = read_units(before, path) if before is not None else ({} if own.is_known else None)
    return Versions(known, units, read_units(as_text(new), path) if new is not None else {})


def _plan_module(path: str, versions: Versions, mine: bytes, plan: Plan) -> None:
    try:
        text, told_of = merge_module(versions, path)
    except CannotMerge as error:
        plan.left[path] = f"{error}; it stays as it is"
        return
    _write_text(path, text, mine, plan)
    if path in plan.writes and told_of.yours:
        plan.merged[path] = ", ".join(told_of.yours)
    plan.warnings += [f"{path}, line {line}: {sentence}" for line, sentence in told_of.warnings]


def _plan_old_module(path: str, versions: Versions, own: Release, plan: Plan) -> None:
    """A module that the course has no more goes with its last answer."""
    if versions.departed and path in own.digests and not learners_units(versions):
        plan.removals.append(path)
        plan.warnings.remove(f"{path}: the course has it no more; yours stays")


def _write_text(path: str, text: str, mine: bytes, plan: Plan) -> None:
    """Plans a text, with the line ends of the learner's file, where it says something else."""
    if mine and text == as_text(mine):
        return
    if mine.count(b"\r\n") * 2 > mine.count(b"\n"):
        text = text.replace("\n", "\r\n")
    data = text.encode()
    plan.writes[path] = codecs.BOM_UTF8 + data if mine.startswith(codecs.BOM_UTF8) else data
    if path not in plan.new and path not in plan.back:
        plan.changed.append(path)
