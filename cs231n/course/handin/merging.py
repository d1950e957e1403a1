"""What becomes of one unit that a learner and the course may both have changed.

Three versions of it are compared: as it was released (`before`, None where that is not known),
the learner's (`mine`), and the course's new one (`new`). Where one side alone has changed
something, that is taken. Of an exercise the body is the learner's as soon as it is written, and
signature and docstring are the course's.
"""

import ast
from dataclasses import dataclass, field

from cs231n.course.handin.units import Unit, same
from cs231n.course.source import parameters


@dataclass
class Told:
    """What a learner is told of a file: names of what is theirs, and what they should look at.

    warnings: (line in the learner's file, sentence).
    """

    yours: list[str] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)


def is_exercise(before: Unit | None, mine: Unit, new: Unit) -> bool:
    return all(unit is None or unit.function for unit in (before, mine, new)) and any(
        unit.is_stub for unit in (before, mine, new) if unit
    )


def is_written(before: Unit | None, mine: Unit, new: Unit) -> bool:
    """Whether a learner has written the body of an exercise; notes in its TODO count too."""
    if same(mine.body, new.body):
        return False
    if before is None or not before.function:
        return not mine.is_stub
    return not same(mine.body, before.body)


def merged(before: Unit | None, mine: Unit, new: Unit, told: Told) -> list[str]:
    """The lines of a unit that both files have. before: None where it is not known, or new."""
    if is_exercise(before, mine, new):
        return _exercise(before, mine, new, told)
    side = _side(*(unit and unit.text.split("\n") for unit in (before, mine, new)))
    if side == "mine":
        told.yours.append(mine.key)
        return mine.whole_at(new.indent)
    if side == "both" and not isinstance(mine.node, ast.ImportFrom):  # whose names are added up
        told.warnings.append(
            (
                mine.top,
                f"you and the course have both changed {_name(mine)}: it is the course's now",
            )
        )
    return new.whole_at(None)


def _exercise(before: Unit | None, mine: Unit, new: Unit, told: Told) -> list[str]:
    written = is_written(before, mine, new)
    indent = new.indent
    lead = _lead(before, mine, new)
    decorators = _part("decorators", before, mine, new, told, unknown="mine")
    widened = set(parameters(new.node.args)) < set(parameters(mine.node.args))
    signature = _part("signature", before, mine, new, told, unknown="mine" if widened else "new")
    docstring = _part("docstring", before, mine, new, None, unknown="new")
    if not written:
        return [*lead, *decorators, *signature, *docstring, *new.body]
    told.yours.append(mine.key)
    _tell_of_signature(mine, new, signature, told)
    if not new.is_stub:
        told.warnings.append((mine.top, f"the course gives {mine.key} now: yours stays"))
    body_indent = indent + "    " if new.function.is_inline else new.body_indent
    if docstring and not (new.docstring and docstring == new.docstring):
        body_indent = mine.body_indent.replace(mine.indent, indent, 1)
    return [*lead, *decorators, *signature, *docstring, *mine.body_at(body_indent)]


def _lead(before, mine, new) -> list[str]:
    """Comments above: a learner's where there are any of theirs."""
    side = _side(before and before.lead, mine.lead, new.lead)
    if side in ("mine", "both") or (side == "unknown" and any(map(str.strip, mine.lead))):
        return mine.source.reindented(mine.lead, mine.first, mine.indent, new.indent)
    return new.lead


def _part(name, before, mine, new, told, unknown) -> list[str]:
    """One of the parts above the body; told of a conflict, where `told` is given."""
    ours, theirs = getattr(mine, name), getattr(new, name)
    side = _side(before and getattr(before, name), ours, theirs)
    if side == "both" and told is not None:
        told.warnings.append(
            (mine.top, f"you and the course have both changed the {name} of {mine.key}: "
             "it is the course's now")
        )  # fmt: skip
    if side == "mine" or (side == "unknown" and unknown == "mine"):
        return mine.head_at(ours, new.indent)
    return theirs


def _tell_of_signature(mine: Unit, new: Unit, signature: list[str], told: Told) -> None:
    ours, theirs = (ast.unparse(unit.node.args) for unit in (mine, new))
    if ours != theirs and signature == new.signature:
        told.warnings.append((mine.top, f"{mine.key} takes ({theirs}) now; yours took ({ours})"))


def _side(before, mine, new) -> str:
    """Who has changed some lines: the course ("new", or nobody), the learner ("mine") or "both"."""
    if same(mine, new):
        return "new"
    if before is None:
        return "unknown"
    if same(mine, before):
        return "new"
    return "mine" if same(new, before) else "both"


def _name(unit: Unit) -> str:
    return unit.key.partition("\n")[0].removesuffix(" =")
