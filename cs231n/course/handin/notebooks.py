"""A notebook of a learner's, brought up to the course's new one.

Cells are known by their ids; where a tool has dropped those, by what they say. Outputs stay with
the cells that say the same as before.
"""

import copy
import json
from dataclasses import dataclass

TEXT = "*Yours, from before the course changed the text above:*\n\n"
CODE = "# Yours, from before the course changed the cell above. To run it, make it a code cell.\n"


class NoNotebook(ValueError):
    """A file that is no notebook; its text says why."""


@dataclass
class Counts:
    """How many cells: of the course that are new or changed, and of the learner that are kept."""

    taken: int = 0
    edited: int = 0
    added: int = 0
    both: int = 0

    def __str__(self) -> str:
        told = {
            "new or changed": self.taken,
            "edited by you": self.edited,
            "added by you": self.added,
            "changed by both, yours below": self.both,
        }
        return ", ".join(f"{what}: {number}" for what, number in told.items() if number)


def read_notebook(text: str) -> dict:
    """A notebook's JSON. Raises NoNotebook where it is none."""
    try:
        notebook = json.loads(text)
        cells = notebook["cells"]
        if not all(isinstance(_says(cell), tuple) for cell in cells):
            raise NoNotebook("its cells are none")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoNotebook(f"it is no notebook ({type(error).__name__}: {error})") from error
    return notebook


def as_file(notebook: dict) -> str:
    """The text of a notebook, as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def merge_notebook(before: dict | None, mine: dict, new: dict) -> tuple[dict, Counts]:
    """The new notebook with the learner's cells, outputs and kernel in it.

    before: as it was released, or None where that is not known; then a cell that the two do not
    agree on is the course's.
    """
    counts = Counts()
    old = {cell["id"]: cell for cell in before["cells"] if "id" in cell} if before else {}
    partners = _partners(mine["cells"], [*new["cells"], *old.values()])
    own = {name: mine["cells"][number] for number, name in partners.items()}
    cells = []
    for cell in new["cells"]:
        cells += _cell(old.get(cell.get("id")), own.get(cell.get("id")), cell, counts)
    _add(cells, mine["cells"], partners, old, counts)
    result = {**new, "cells": cells, "metadata": {**new["metadata"], **mine.get("metadata", {})}}
    return result, counts


def _cell(before, mine, new, counts) -> list[dict]:
    """The cells that stand in the place of one of the course's."""
    if mine is None:
        counts.taken += 1
        return [new]
    if _says(mine) == _says(new):
        return [_with_outputs(new, mine)]
    if before is not None and _says(new) == _says(before):
        counts.edited += 1
        return [{**mine, "id": new["id"]}]
    if before is None or _says(mine) == _says(before):
        counts.taken += 1
        return [new]
    counts.both += 1
    is_text = mine["cell_type"] == "markdown"
    below = {
        "cell_type": "markdown" if is_text else "raw",
        "id": f"{new['id'][:50]}-yours",
        "metadata": {},
        "source": ((TEXT if is_text else CODE) + _source(mine)).splitlines(keepends=True),
    }
    return [new, below]


def _with_outputs(new, mine) -> dict:
    """The course's cell with what the learner's shows."""
    cell = copy.deepcopy(new)
    cell["metadata"] = {**mine.get("metadata", {}), **new["metadata"]}
    for key in ("outputs", "execution_count"):
        if key in mine and key in new:
            cell[key] = mine[key]
    return cell


def _add(cells, mine, partners, old, counts) -> None:
    """Puts the learner's own cells behind those that they followed."""
    place = -1
    for number, cell in enumerate(mine):
        here = [index for index, each in enumerate(cells) if each.get("id") == partners.get(number)]
        if number in partners and here:
            place = here[0]
            if place + 1 < len(cells) and cells[place + 1]["cell_type"] in ("raw", "markdown"):
                place += cells[place + 1].get("id", "").endswith("-yours")
            continue
        released = old.get(partners.get(number))
        if released is not None and _says(cell) == _says(released):
            continue  # the course has left it out
        place += 1
        cells.insert(place, _with_free_id(cell, cells))
        counts.added += 1


def _with_free_id(cell, cells) -> dict:
    taken = {each.get("id") for each in cells}
    name = start = str(cell.get("id") or "yours")[:50]
    number = 1
    while name in taken:
        number += 1
        name = f"{start}-{number}"
    return {**cell, "id": name}


def _partners(mine, course) -> dict[int, str]:
    """The id of the course's cell that each of the learner's is, by its number."""
    says = {}
    for cell in course:
        says.setdefault(cell.get("id"), set()).add(_says(cell))
    partners = {}
    for number, cell in enumerate(mine):
        if cell.get("id") in says and cell.get("id") not in partners.values():
            partners[number] = cell.get("id")
    for number, cell in enumerate(mine):
        alike = (name for name, texts in says.items() if _says(cell) in texts)
        found = next((name for name in alike if name not in partners.values()), None)
        if number not in partners and found is not None:
            partners[number] = found
    return partners


def _says(cell) -> tuple:
    """What counts of a cell: its kind, its text and its tags."""
    return cell["cell_type"], _source(cell), tuple(cell.get("metadata", {}).get("tags", ()))


def _source(cell) -> str:
    source = cell["source"]
    return (source if isinstance(source, str) else "".join(source)).replace("\r\n", "\n")
