"""Packs what a learner hands in: one zip, which is left beside their work and sent nowhere."""

import json
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from cs231n.course.cells import check_cells
from cs231n.course.handin.belongings import notebook_files, package_files
from cs231n.course.handin.errors import HandInError, told
from cs231n.course.handin.gaps import (
    gaps_of_checks,
    gaps_of_exercises,
    gaps_of_imports,
    gaps_of_notebooks,
)
from cs231n.course.handin.notebooks import NoNotebook, read_notebook
from cs231n.course.handin.pages import page_of
from cs231n.course.handin.releases import as_text, release_of
from cs231n.course.paths import ROOT
from cs231n.course.status.report import as_json
from cs231n.course.status.runner import run_checks


def submit(out: Path | None = None, root: Path = ROOT) -> int:
    """Writes the zip and says what is missing in it. Returns 0.

    out: the zip, or a folder for it; one with the time in its name in the current folder where
    none is given. Raises HandInError where it cannot be written, or would replace a file.
    """
    now = datetime.now().astimezone()
    target = _target(out, now)
    own = release_of(root)
    package, gaps = package_files(root, own)
    notebooks, more = notebook_files(root)
    outcomes = _outcomes(root)
    status = json.loads(as_json(outcomes))
    status |= {"version": own.version, "time": now.isoformat(timespec="seconds")}
    pages, faults = _pages(notebooks)
    gaps += [*more, *gaps_of_exercises(outcomes), *gaps_of_notebooks(notebooks, outcomes, root)]
    gaps += [*gaps_of_checks(notebooks, own), *gaps_of_imports(package, root), *faults]
    text = json.dumps(status, indent=2) + "\n"
    _write({**package, **notebooks, **pages, "status.json": text.encode()}, target, now)
    _tell(target, outcomes, package, gaps, own.is_known)
    return 0


def _target(out: Path | None, now: datetime) -> Path:
    """Where the zip goes. Raises HandInError where that is taken, or cannot be written."""
    name = f"submission-{now:%Y-%m-%d-%H%M}"
    if out is None or out.is_dir():
        return _free_name((out or Path.cwd()) / f"{name}.zip")
    target = out if out.suffix else out.with_name(f"{out.name}.zip")
    if target.exists() or target.is_symlink():
        raise HandInError(f"{target} is there already: name another file, or move that one.")
    if not target.parent.is_dir():
        raise HandInError(f"There is no folder {target.parent}.")
    return target


def _free_name(path: Path) -> Path:
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _outcomes(root: Path) -> list:
    """The verdict of every exercise; notebooks that are none are passed over."""
    cells = check_cells(root, report=lambda path, error: None)
    total = len({(cell.notebook, cell.exercise) for cell in cells})
    return list(tqdm(run_checks(cells, root), "checks", total, leave=False, disable=None))


def _pages(notebooks: dict[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """The pages of all notebooks that are one, and a line on each that cannot be made."""
    pages, faults = {}, []
    for path, data in tqdm(notebooks.items(), "pages", leave=False, disable=None):
        title = Path(path).stem
        try:
            notebook = read_notebook(as_text(data))
        except (NoNotebook, UnicodeDecodeError):
            continue  # which is told already
        try:
            pages[f"html/{title}.html"] = page_of(notebook, title).encode()
        except (ValueError, ImportError) as error:
            faults.append(f"{title}.ipynb has no page: {error}")
    return pages, faults


def _write(files: dict[str, bytes], target: Path, now: datetime) -> None:
    """Writes the zip aside, looks through it, and renames it."""
    aside = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(aside, "w") as archive:
            for name, data in sorted(files.items()):
                member = zipfile.ZipInfo(name, now.timetuple()[:6])
                member.external_attr = 0o100644 << 16
                archive.writestr(member, data, zipfile.ZIP_DEFLATED)
        with zipfile.ZipFile(aside) as archive:
            if archive.testzip() is not None:
                raise HandInError(f"{target} could not be written whole. Is the disk full?")
        if target.exists():
            raise HandInError(f"{target} has come into being meanwhile: name another file.")
        aside.rename(target)
    except OSError as error:
        raise HandInError(
            f"{target} cannot be written: {told(error)}. Name another place with --out."
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def _tell(target, outcomes, package, gaps, is_known) -> None:
    counts = Counter(outcome.status for outcome in outcomes)
    size = target.stat().st_size
    print(f"{target} ({size / 1e6:,.1f} MB)")
    print(f"  {counts['done']} done, {counts['wrong']} wrong, {counts['todo']} todo")
    print(
        f"  {len(package)} files of the package" + ("" if is_known else ", given code among them")
    )
    if gaps:
        print("\nMissing, or worth a look:")
        print("\n".join(f"  {gap}" for gap in gaps))
    print("\nNothing was sent anywhere: hand in this file. What is not saved is not in it.")
