"""What the class of an answer brings to the class of its stub, beside the answer itself."""

import ast
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from cs231n.course.source import Definition, Source, top_line
from instructor.along import Along
from instructor.carrier import Carrier
from instructor.names import Names, Origin
from instructor.scopes import bindings, bound_by, functions_in, scopes_of, used_by
from instructor.source import AssembleError

Edit = tuple[int, int, list[str]]  # lines, from the first to before the second, and the new ones


@dataclass
class Addition:
    """What an answer brings to the class of its stub.

    members: {name: lines}. bases, keywords, decorators: as they are written. early: {name: the
    import that has to stand above the class}. is_late: annotations are not to be evaluated.
    held: modules that functions need when they are called.
    """

    stub: Definition
    answer: Definition
    members: dict[str, list[str]] = field(default_factory=dict)
    bases: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    decorators: list[str] = field(default_factory=list)
    early: dict[str, str] = field(default_factory=dict)
    is_late: bool = False
    held: set[str] = field(default_factory=set)


def addition_of(stub: Definition, answer: Definition, carrier: Carrier) -> Addition:
    """What the answer's class has and the stub's class lacks."""
    addition, source, theirs = Addition(stub, answer), answer.source, answer.owner
    addition.is_late = scopes_of(source).has_late_annotations
    ours = _given(stub.source, stub.owner, carrier.names)
    for node in _members(theirs, ours):
        for function in functions_in(node):
            check_globals(function, answer, carrier)
        name = ", ".join(sorted(bound_by(node))) or ast.unparse(node)
        lines = addition.members.setdefault(name, [])
        lines += carrier.statement(source, node, stub.indent, stub.source)
        addition.early |= early_imports(node, stub, answer, carrier)
    known = [carrier.names.meaning(stub.source, base) for base in stub.owner.bases]
    known += [Origin("builtins", "object"), Origin(stub.source, stub.owner.name)]
    bases = [base for base in theirs.bases if carrier.names.meaning(source, base) not in known]
    addition.bases = list(map(ast.unparse, bases))
    addition.keywords = list(map(ast.unparse, theirs.keywords))
    addition.decorators = [f"@{ast.unparse(mark)}" for mark in theirs.decorator_list]
    for each in (*bases, *theirs.keywords, *theirs.decorator_list):
        addition.early |= early_imports(each, stub, answer, carrier)
    return addition


def class_edits(owner: ast.ClassDef, additions: list[Addition]) -> Iterator[Edit]:
    """The edits by which a class of the course gets what answers bring to it."""
    members = {name: lines for each in additions for name, lines in each.members.items()}
    yield (
        owner.end_lineno,
        owner.end_lineno,
        [line for lines in members.values() for line in ("", *lines)],
    )
    early = {line: None for each in additions for line in each.early.values()}
    above = [*early, "", ""] if early else []
    above += dict.fromkeys(line for each in additions for line in each.decorators)
    yield top_line(owner) - 1, top_line(owner) - 1, above
    bases = [*(base for each in additions for base in each.bases), *map(ast.unparse, owner.bases)]
    keywords = [key for each in additions for key in each.keywords]
    if keywords or len(bases) > len(owner.bases):
        inside = ", ".join(dict.fromkeys([*bases, *keywords, *map(ast.unparse, owner.keywords)]))
        yield owner.lineno - 1, owner.lineno, [f"class {owner.name}({inside}):"]


def early_imports(
    node: ast.AST, stub: Definition, answer: Definition, carrier: Carrier
) -> dict[str, str]:
    """The imports that a part of a class needs where the class is made."""
    home, names = stub.source, carrier.names
    inside = bindings(answer.owner.body)
    found = carrier.early(answer.source, node, home)
    for name in used_by(node) - inside.keys():
        what = f"{answer}: {answer.id} needs {name} where its class is made, and"
        below = [each for each in scopes_of(home).bound.get(name, ()) if name not in found]
        if below and below[0].lineno > stub.owner.lineno:
            raise AssembleError(f"{what} that stands below it")
        if name in found and names.origin(home, name):
            raise AssembleError(f"{what} {name} means something else in {home.name}")
    return {name: line for name, line in found.items() if name not in inside}


def check_globals(function: ast.FunctionDef, answer: Definition, carrier: Carrier) -> None:
    for name in carrier.changing_globals(answer.source, function):
        raise AssembleError(
            f"{answer}: {answer.id} needs `global {name}`, and in a class a global that changes "
            "cannot come along"
        )


def check_agree(new: Addition, others: Iterable[Addition]) -> None:
    """Refuses what answers of several files bring to one class, where it is not the same.

    A member that only one of them uses is left to that one.
    """
    for old in others:
        for name in sorted(old.members.keys() & new.members.keys()):
            if old.members[name] != new.members[name]:
                unused = next((each for each in (old, new) if not _uses(each, name)), None)
                if not unused:
                    raise _disagreement(new, old, f"a different {name}")
                del unused.members[name]
        for name in sorted(old.early.keys() & new.early.keys()):
            if old.early[name] != new.early[name]:
                raise _disagreement(new, old, f"a different {name}")
        if old.bases and new.bases and old.bases != new.bases:
            raise _disagreement(new, old, "different bases")


def check_no_circle(new: Addition, others: Iterable[Addition], along: Along) -> None:
    """Refuses what a module would need to be imported, and what needs that module first."""
    for each in (new, *others):
        for name, line in each.early.items():
            if along.needs(line, each.stub.source.module):
                raise AssembleError(
                    f"{new.answer}: with {new.answer.id}, {each.answer.owner.name} needs {name} "
                    f"where it is made, and that needs {each.stub.source.module} first"
                )


def _given(source: Source, owner: ast.ClassDef, names: Names) -> set[str]:
    """The members of a class of the course, those of its bases in the course included."""
    found = set(bindings(owner.body))
    for base in owner.bases:
        origin = names.meaning(source, base)
        if origin and names.is_course(origin.home):
            for node in scopes_of(origin.home).bound.get(origin.name, ()):
                if isinstance(node, ast.ClassDef):
                    found |= _given(origin.home, node, names)
    return found


def _members(owner: ast.ClassDef, given: Set[str]) -> list[ast.stmt]:
    """The statements of a class that make members, less those that are given."""
    rest = [node for node in owner.body if not bound_by(node) & given]
    return [node for node in rest if not _is_empty(node)]


def _is_empty(node: ast.stmt) -> bool:
    """Whether a statement does nothing: a docstring, an ellipsis, `pass`."""
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_constant or isinstance(node, ast.Pass)


def _uses(addition: Addition, member: str) -> bool:
    """Whether an answer may use a member of its class: it, or what it calls there, names it."""
    bound = bindings(addition.answer.owner.body)
    seen, names = [addition.answer.node], set()
    while seen:
        new = _mentioned(seen.pop()) - names
        names |= new
        seen += [node for name in new for node in bound.get(name, ())]
    return any(name in names or name.startswith("__") for name in member.split(", "))


def _mentioned(node: ast.AST) -> set[str]:
    """All names, attributes and texts in a piece of source."""
    kinds = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}
    found = (getattr(each, kinds[type(each)]) for each in ast.walk(node) if type(each) in kinds)
    return {each for each in found if isinstance(each, str)}


def _disagreement(new: Addition, old: Addition, what: str) -> AssembleError:
    return AssembleError(f"{new.answer} and {old.answer} bring {what} to one class")
