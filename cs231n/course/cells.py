"""The check cells of the notebooks, read from the files."""

import json
from dataclasses import dataclass
from pathlib import Path

from cs231n.course.paths import ROOT

TAG = "exercise:"


@dataclass(frozen=True)
class CheckCell:
    """A code cell with the tag `exercise:<id>`, and the notebook's setup cell."""

    exercise: str
    notebook: str
    cell_id: str
    setup: str
    source: str


def check_cells(root=ROOT, report=None):
    """All check cells below root/notebooks, notebooks by name and cells in order.

    report: is told (path, error) of a file that is no notebook, which is passed over then.
    """
    cells = []
    for path in sorted((Path(root) / "notebooks").glob("[0-9]*.ipynb")):
        try:
            cells += _cells_of(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if report is None:
                raise
            report(path, error)
    return cells


def _cells_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    setup = "\n".join(_python(cell) for cell in cells if "setup" in tags_of(cell))
    return [
        CheckCell(tag.removeprefix(TAG), path.stem, cell["id"], setup, _python(cell))
        for cell in cells
        for tag in tags_of(cell)
        if tag.startswith(TAG)
    ]


def tags_of(cell):
    """The tags of a code cell."""
    return cell["metadata"].get("tags", []) if cell["cell_type"] == "code" else []


def _python(cell):
    """The cell's source without magics: those are for the eye (plots, colours) alone."""
    lines = "".join(cell["source"]).splitlines()
    return "\n".join(line for line in lines if not line.startswith("%"))
