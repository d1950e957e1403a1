"""The notebooks and their cells, for tests that look at them."""

import json

from instructor.assemble import TREE

NOTEBOOKS = sorted((TREE / "notebooks").glob("*.ipynb"))


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def tags(cell):
    return cell["metadata"].get("tags", [])
