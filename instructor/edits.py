"""Wrong answers, each written as an edit of the key's answer: `mistakes/<exercise>.toml`."""

import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cs231n.course.source import Definition, Source, definitions, top_line
from instructor.answers import chosen_stubs
from instructor.source import AssembleError, parsed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MISTAKES = Path(__file__).resolve().parent / "mistakes"
KEYS = {"says", "old", "new", "body"}


@dataclass(frozen=True)
class Mistake:
    """A plausible wrong answer. `says` is the sentence that a learner reads who makes it."""

    exercise: str
    slug: str
    says: str
    edits: tuple[tuple[str, str], ...]
    body: str | None

    def __str__(self) -> str:
        return f"{self.exercise}-{self.slug}"

    def answer(self, key: Definition) -> str:
        """The text of the key's file, with this mistake made in the exercise's body."""
        return answer_with([self], key)

    def edited(self, body: str, old: str, new: str) -> str:
        old_lines, new_lines = _dedented(old, new)
        places = list(re.finditer(_pattern(old_lines), body, re.MULTILINE))
        if len(places) != 1:
            raise AssembleError(f"{self}: old must occur once, but {old!r} occurs {len(places)}x")
        start, end = places[0].end("indent"), places[0].end()
        before = body[:start].rpartition("\n")[2]
        indent = before[: len(before) - len(before.lstrip())]
        return body[:start] + f"\n{indent}".join(new_lines) + body[end:]


def answer_with(mistakes: Iterable[Mistake], key: Definition) -> str:
    """The text of the key's file, with these mistakes made, one after the other.

    Raises AssembleError where they cannot be made at once.
    """
    inner = key.body_indent(key.indent)
    body = "\n".join(key.body_lines(inner))
    for mistake in mistakes:
        if mistake.body is not None:
            body = textwrap.indent(textwrap.dedent(mistake.body).strip("\n"), inner)
        for old, new in mistake.edits:
            body = mistake.edited(body, old, new)
    lines = list(key.source.lines)
    function = [*key.header_lines(key.indent), *body.split("\n")]
    lines[top_line(key.node) - 1 : key.node.end_lineno] = function
    return "\n".join(lines)


def definition_with(mistakes: Iterable[Mistake], key: Definition) -> Definition:
    """The key's definition of the exercise, with these mistakes made."""
    text = answer_with(mistakes, key)
    source = Source(key.source.path, key.source.name, text, parsed(text, key.source.path))
    return next(each for each in definitions(source) if each.id == key.id)


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
    for name in ("says", "body"):
        text = table.get(name, "-")
        check(isinstance(text, str) and text.strip(), f"{name} must be a text")
    check("says" in table, "says is missing: the sentence that a learner is to read")
    check(("old" in table) == ("new" in table), "old and new go together")
    check(("old" in table) != ("body" in table), "it needs either old and new, or body")
    old, new = (_list(table.get(name, [])) for name in ("old", "new"))
    texts = all(isinstance(text, str) for text in (*old, *new))
    check(texts and len(old) == len(new), "old and new must be two texts, or lists of as many")
    check("body" in table or (old and all(map(str.strip, old))), "old is empty")
    edits = tuple(zip(old, new, strict=True))
    return Mistake(exercise, slug, table["says"], edits, table.get("body"))


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
