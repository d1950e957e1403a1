"""Texts for learners, from the same files that staff read.

Left out is what stands between two lines `<!-- staff -->` and `<!-- /staff -->`, and each line that
holds the first of them among other things. `<!-- learner: … -->` gives what stands in it. In files
where `#` begins a comment, `# staff`, `# /staff` and `# learner: …` do the same.
"""

import re
from pathlib import PurePosixPath

HASH = re.compile(r"^(?P<indent>\s*)# (?P<what>staff|/staff|learner: .*)$")
MARKDOWN = re.compile(r"^(?P<indent>\s*)<!-- (?P<what>staff|/staff|learner: .*) -->$")
AMONG_OTHERS = ("<!-- staff -->", "# staff")
LEARNER = "learner: "


def adapts(path: str) -> bool:
    """Whether a file may hold such marks: what stands beside the packages, and texts."""
    pure = PurePosixPath(path)
    is_outside = pure.parts[0] not in ("cs231n", "notebooks")
    return is_outside and pure.suffix in ("", ".md", ".toml", ".txt", ".yml", ".yaml")


def for_learners(text: str, path: str) -> str:
    """The text without what is for staff alone. Raises ValueError where a mark has no partner."""
    is_markdown = path.endswith(".md")
    mark, among = (MARKDOWN, AMONG_OTHERS[0]) if is_markdown else (HASH, AMONG_OTHERS[1])
    kept, opened = [], None
    for number, line in enumerate(text.split("\n"), 1):
        found = mark.match(line)
        what = found["what"] if found else ""
        if what == "staff" and opened is None:
            opened = number
        elif what == "/staff" and opened is not None:
            opened = None
        elif what in ("staff", "/staff"):
            raise ValueError(f"{path}, line {number}: {what} without its partner")
        elif opened is None and what.startswith(LEARNER):
            kept.append(found["indent"] + what.removeprefix(LEARNER))
        elif opened is None and among not in line:
            kept.append(line)
    if opened is not None:
        raise ValueError(f"{path}, line {opened}: staff without its partner")
    return "\n".join(kept)
