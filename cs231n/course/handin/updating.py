"""Takes the course's updates into a copy that somebody works in."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from cs231n.course.handin import journal
from cs231n.course.handin.errors import HandInError, told
from cs231n.course.handin.one_at_a_time import one_at_a_time
from cs231n.course.handin.planning import Plan, plan_update
from cs231n.course.handin.releases import RECORD, TEXTS, Release, release_of
from cs231n.course.handin.sources import read_course
from cs231n.course.paths import ROOT

NAMED = 6  # files of one folder that are named; of more it is told how many there are


def update(source: Path, dry_run: bool = False, root: Path = ROOT) -> int:
    """Brings the course of a folder or zip into the copy at `root`; says what changed.

    Returns 0, or 1 where something was left as it is. Raises HandInError where nothing was done.
    """
    source = source.absolute()
    if source == root or (source.is_dir() and source.samefile(root)):
        raise HandInError(f"{source} is this copy itself.")
    files, release = read_course(source)
    try:
        with one_at_a_time(root):
            return _update(root, files, release, dry_run)
    except TimeoutError:
        raise HandInError("Another update is at work here. Wait until it ends.") from None
    except OSError as error:
        again = journal.is_interrupted(root)
        end = "Mend that, then run this again: it goes on from there." if again else ""
        raise HandInError(f"{told(error)}. {end or 'Nothing was changed.'}") from error


def _update(root: Path, files: dict[str, bytes], release: Release, dry_run: bool) -> int:
    if journal.is_interrupted(root):
        journal.finish(root)
    journal.discard(root)  # what one that was killed before it began has left
    own = release_of(root)
    plan = plan_update(root, files, release, own)
    if plan.is_empty:
        print(f"Nothing new: this is {own.version or release.version} already.")
        return 0
    print(f"From {own.version or 'a copy without a record'} to {release.version}:\n")
    print("\n".join(_told(plan, own)))
    if dry_run:
        print("\nThis was a dry run: nothing was changed.")
        return bool(plan.left)
    stamp = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    journal.prepare(root, plan.writes, plan.removals, (RECORD, TEXTS), stamp)
    kept, changed = journal.finish(root)
    _tell_end(kept, changed, plan)
    return bool(changed or plan.left)


def _told(plan: Plan, own: Release) -> list[str]:
    lines = []
    lines += _listed("new", plan.new)
    lines += _listed("back", plan.back)
    lines += _listed("changed", [path for path in plan.changed if path not in plan.merged])
    lines += _listed("removed", plan.removals)
    if plan.merged:
        lines.append("changed, with what is yours in them:")
        lines += [f"  {path}: {what or 'outputs'}" for path, what in sorted(plan.merged.items())]
    if plan.warnings:
        lines.append("look at:")
        lines += [f"  ! {warning}" for warning in plan.warnings]
    if plan.left:
        lines.append("left as it is:")
        lines += [f"  ! {path}: {why}" for path, why in sorted(plan.left.items())]
    if not own.is_known:
        lines.append("")
        lines.append(
            "This copy has no record of what it was released as. So a body that is no TODO counts "
            "as yours;\ngiven code and cells that differ are the course's now."
        )
    return lines


def _listed(what: str, paths: list[str]) -> list[str]:
    """A line a file; where a folder has many, one for the folder."""
    if not paths:
        return []
    folders = Counter("/".join(path.split("/")[:-1][:3]) for path in paths)
    few = [p for p in paths if folders["/".join(p.split("/")[:-1][:3])] <= NAMED]
    many = [f"{folder}/ ({n} files)" for folder, n in folders.items() if n > NAMED]
    return [f"{what}:", *(f"  {each}" for each in sorted([*few, *many]))]


def _tell_end(kept: str | None, changed: list[str], plan: Plan) -> None:
    print()
    if kept:
        print(f"What stood here before is in {kept}/ (your notebooks with their outputs too).")
    for path in changed:
        print(f"! {path} was saved while this ran, and was left as it is: update again.")
    if not (changed or plan.left):
        print("Restart the kernels of open notebooks, and reload what is open in an editor.")
