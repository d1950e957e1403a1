"""Wrong answers, each written as an edit of the key's answer: `mistakes/<exercise>.toml`."""

import re
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from instructor.answers import chosen_stubs
from instructor.source import AssembleError, Definition, top_line

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MISTAKES = Path(__file__).resolve().parent / "mistakes"
KEYS = {"what", "says", "old", "new", "body"}


@dataclass(frozen=True)
class Mistake:
    """A plausible wrong answer. `says` is what the check's message must contain, if anything."""

    exercise: str
    slug: str
    what: str
    says: str
    edits: tuple[tuple[str, str], ...]
    body: str | None

    def __str__(self) -> str:
        return f"{self.exercise}-{self.slug}"

    def answer(self, key: Definition) -> str:
        """The text of the key's file, with this mistake made in the exercise's body."""
        inner = key.body_indent(key.indent)
        if self.body is not None:
            body = textwrap.indent(textwrap.dedent(self.body).strip("\n"), inner)
        else:
            body = "\n".join(key.body_lines(inner))
            for old, new in self.edits:
                body = self._edited(body, old, new)
        lines = list(key.source.lines)
        function = [*key.header_lines(key.indent), *body.split("\n")]
        lines[top_line(key.node) - 1 : key.node.end_lineno] = function
        return "\n".join(lines)

    def _edited(self, body: str, old: str, new: str) -> str:
        old_lines, new_lines = _dedented(old, new)
        places = list(re.finditer(_pattern(old_lines), body, re.MULTILINE))
        if len(places) != 1:
            raise AssembleError(f"{self}: old must occur once, but {old!r} occurs {len(places)}x")
        start, end = places[0].end("indent"), places[0].end()
        before = body[:start].rpartition("\n")[2]
        indent = before[: len(before) - len(before.lstrip())]
        return body[:start] + f"\n{indent}".join(new_lines) + body[end:]


def mistakes_of(path: Path, stubs: Mapping[str, Definition]) -> dict[str, Mistake]:
    """The mistakes that a file holds, by slug; the file is named after their exercise."""
    (exercise,) = chosen_stubs(stubs, [path.stem])
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # no TOML, or bytes that are no text
        raise AssembleError(f"{path}: {error}") from error
    if not tables:
        raise AssembleError(f"{path} holds no mistake")
    return {slug: _mistake(exercise, slug, table) for slug, table in tables.items()}


def _mistake(exercise: str, slug: str, table: object) -> Mistake:
    def check(is_right, complaint):
        if not is_right:
            raise AssembleError(f"{exercise}-{slug}: {complaint}")

    check(isinstance(table, dict), f"{slug} stands outside of a mistake's [table]")
    unknown = sorted(table.keys() - KEYS)
    check(not unknown, f"unknown key {', '.join(unknown)}; there is {', '.join(sorted(KEYS))}")
    for name in ("what", "says", "body"):
        text = table.get(name, "-")
        check(isinstance(text, str) and text.strip(), f"{name} must be a text")
    check("what" in table, "what is missing: a sentence that says what is wrong")
    check(("old" in table) == ("new" in table), "old and new go together")
    check(("old" in table) != ("body" in table), "it needs either old and new, or body")
    old, new = (_list(table.get(name, [])) for name in ("old", "new"))
    texts = all(isinstance(text, str) for text in (*old, *new))
    check(texts and len(old) == len(new), "old and new must be two texts, or lists of as many")
    check("body" in table or (old and all(map(str.strip, old))), "old is empty")
    edits = tuple(zip(old, new, strict=True))
    return Mistake(exercise, slug, table["what"], table.get("says", ""), edits, table.get("body"))


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _dedented(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines of both, less the indentation that all of them share."""
    old, new = (text.removesuffix("\n") for text in (old, new))
    if "\n" not in old + new:
        return [old], [new]  # perhaps a part of a line, where a space at the edge counts
    lines = textwrap.dedent(f"{old}\n{new}").split("\n")
    count = old.count("\n") + 1
    return lines[:count], lines[count:]


def _pattern(lines: list[str]) -> str:
    """Finds a line or a part of one; or several whole lines, however far they are indented."""
    if len(lines) == 1:
        return "(?P<indent>)" + re.escape(lines[0])
    first, *others = map(re.escape, lines)
    rest = "".join(rf"\n(?P=indent){line}" if line else r"\n" for line in others)
    return rf"^(?P<indent> *){first}{rest}$"
