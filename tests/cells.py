"""The notebooks and their cells, for tests that look at them."""

import json
import runpy

from instructor.assemble import TREE

NOTEBOOKS = sorted((TREE / "notebooks").glob("*.ipynb"))
NBVAL = runpy.run_path(str(TREE / "notebooks/conftest.py"))


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def tags(cell):
    return cell["metadata"].get("tags", [])


def names(cell):
    """The names that a cell takes from other cells, and those that it sets, as nbval sees them."""
    return NBVAL["names_of"]("".join(cell["source"]))
