"""The pictures of README and notebooks: each is made by a script, used, described and small."""

import re

import pytest
from cells import NOTEBOOKS, load

from instructor.assemble import TREE
from instructor.pictures import MADE_ELSEWHERE, PICTURES

DOCS = TREE / "docs"
SUFFIXES = (".png", ".gif")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def pages():
    """(name, text) of what readers see."""
    yield "README.md", (TREE / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        cells = [cell for cell in load(path)["cells"] if cell["cell_type"] == "markdown"]
        yield path.name, "\n\n".join("".join(cell["source"]) for cell in cells)


def shown():
    """(page, what the alt text says, file name) of each picture from docs/."""
    for page, text in pages():
        for alt, target in IMAGE.findall(text):
            if "docs/" in target:
                yield page, alt, target.split("docs/")[1]


def in_docs():
    return {path.name for path in DOCS.iterdir() if path.suffix in SUFFIXES}


def test_every_picture_is_made_by_the_script_or_listed():
    assert in_docs() == set(PICTURES) | set(MADE_ELSEWHERE)
    assert not set(PICTURES) & set(MADE_ELSEWHERE)


def test_every_picture_is_shown_somewhere():
    assert {name for _, _, name in shown()} == in_docs()


@pytest.mark.parametrize("name", sorted(in_docs()))
def test_no_picture_is_larger_than_100_kb(name):
    assert (DOCS / name).stat().st_size <= 100_000


def test_alternative_texts_say_what_is_to_be_seen():
    for page, alt, name in shown():
        assert len(alt.split()) >= 8, (page, name)
