"""Put answers into the modules of the student tree, in the place of stubs.

The body of an answer takes the place of the stub's, below the stub's signature and docstring. An
answer that is more than a plain function (it has a decorator, a parameter more, a global that
changes) stays as it was written, and the stub's body calls it. A class gets what else the answer's
class has: members, bases, decorators.
"""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from instructor.along import Along, Carrier, holding
from instructor.answers import Report, parameters, read_package
from instructor.names import Course, Names, Origin
from instructor.scopes import assigns, bindings, bound_by, functions_in, scopes_of, used_by
from instructor.source import AssembleError, Definition, Source, refuse, top_line

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


def solved_modules(
    tree: Path, answers: Mapping[str, Definition], report: Report = refuse
) -> dict[Path, str]:
    """The new text of each module that the answers change or bring along, by its path in the tree.

    report: is told of each answer that cannot be put in, which is then left out.
    """
    return solved_texts(Course(read_package(tree)), answers, report)


def solved_texts(
    course: Course, answers: Mapping[str, Definition], report: Report = refuse
) -> dict[Path, str]:
    """The same for a course that was read before."""
    along = Along(course.modules)
    files = {answer.path: answer.source for answer in answers.values()}
    bodies, additions = {}, {}
    for stub in (stub for id, stub in course.stubs.items() if id in answers):
        before = along.copy()
        try:
            carrier = Carrier(Names(course, files, stub.source), along)
            lines, addition = _fitted(stub, answers[stub.id], carrier)
            addition.held = carrier.held
            _check_agree(addition, additions.get(stub.owner, []))
            _check_no_circle(addition, [each for own in additions.values() for each in own], along)
        except AssembleError as error:
            along = before
            error.exercises = (stub.id,)
            report(error)
        else:
            bodies[stub] = lines
            additions.setdefault(stub.owner, []).append(addition)
    texts = {
        source.name: _text(source, bodies, additions)
        for source in dict.fromkeys(stub.source for stub in bodies)
    }
    return texts | along.texts()


def _text(source: Source, bodies: dict, additions: dict) -> str:
    stubs = [stub for stub in bodies if stub.source is source]
    edits = [(top_line(stub.node) - 1, stub.node.end_lineno, bodies[stub]) for stub in stubs]
    for owner in dict.fromkeys(stub.owner for stub in stubs if stub.owner):
        edits += _class_edits(source, owner, additions[owner])
    if any(each.is_late for stub in stubs for each in additions[stub.owner]):
        top = source.tree.body[0].end_lineno  # of the docstring
        edits.append((top, top, ["", "from __future__ import annotations"]))
    lines = list(source.lines)
    # From the last line to the first, so that the numbers of the others stay true.
    for first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines[first:last] = new
    held = {module for stub in stubs for each in additions[stub.owner] for module in each.held}
    if held:
        lines[len(lines) - (lines[-1] == "") :] = [*holding(held), ""]
    text = "\n".join(lines)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, str(source.path), "exec", dont_inherit=True)
    except SyntaxError as error:
        ids = ", ".join(stub.id for stub in stubs)
        raise AssembleError(
            f"with the answers to {ids}, {source.name} does not compile: {error}"
        ) from error
    return text


def _class_edits(source: Source, owner: ast.ClassDef, additions: list[Addition]) -> Iterator[Edit]:
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


def _fitted(stub: Definition, answer: Definition, carrier: Carrier) -> tuple[list[str], Addition]:
    """The lines that take the stub's place, and what its class gets beside them."""
    addition = _addition(stub, answer, carrier) if stub.owner else Addition(stub, answer)
    inner = stub.body_indent(stub.indent)
    head = stub.header_lines(stub.indent)
    if _is_plain(stub, answer, carrier):
        return carrier.function(head, answer, inner, stub.source), addition
    if not stub.owner:
        written = Origin(answer.source, answer.id)
        line = carrier.taking(written, "as_written", stub.source)
        call = f"return as_written({_arguments(stub, answer)})"
        return [*head, inner + line, inner + call], addition
    _check_globals(answer.node, answer, carrier)
    name, written = answer.node.name, f"{answer.node.name}_as_written"
    lines = carrier.statement(answer.source, answer.node, stub.indent, stub.source)
    line = answer.line - top_line(answer.node)
    lines[line] = re.sub(rf"\bdef\s+{name}\b", f"def {written}", lines[line], count=1)
    addition.members[written] = lines
    addition.early |= _early(answer.node, stub, answer, carrier)
    is_static = any(ast.unparse(mark) == "staticmethod" for mark in stub.node.decorator_list)
    arguments = _arguments(stub, answer).split(", ", 1)
    receiver = stub.owner.name if is_static else arguments.pop(0)
    return [*head, f"{inner}return {receiver}.{written}({', '.join(arguments)})"], addition


def _is_plain(stub: Definition, answer: Definition, carrier: Carrier) -> bool:
    """Whether the answer is a function that does the same under the stub's signature."""
    scopes = scopes_of(answer.source)
    name = answer.id.rpartition(".")[2]
    nodes = (bindings(answer.owner.body) if answer.owner else scopes.bound)[name]
    is_def = all(isinstance(node, ast.FunctionDef) for node in nodes)
    if answer.owner:
        changes = [node for node in scopes.changed.get(answer.owner.name, ()) if assigns(node)]
        if changes or not (is_def and answer.owner in answer.source.tree.body):
            line = changes[0].lineno if changes else answer.line
            raise AssembleError(f"{answer.path}:{line}: {answer.id} is no plain method of a class")
    if not is_def or (not answer.owner and any(map(assigns, scopes.changed.get(name, ())))):
        return False
    theirs = [_meaning(mark, answer.source, carrier) for mark in answer.node.decorator_list]
    ours = [_meaning(mark, stub.source, carrier) for mark in stub.node.decorator_list]
    return (
        all(mark and mark in ours for mark in theirs)
        and set(parameters(answer.node.args)) <= set(parameters(stub.node.args))
        and not _changing_globals(answer.source, answer.node, carrier)
    )


def _arguments(stub: Definition, answer: Definition) -> str:
    """How the stub hands what it is given to the answer."""
    given, args = parameters(stub.node.args), answer.node.args
    by_name = {each.arg for each in args.kwonlyargs}
    arguments = []
    for name in (each for each in parameters(args) if not each.startswith("*")):
        if name not in given:
            by_name |= set(parameters(args))  # from here on, places are not the stub's
        else:
            arguments.append(f"{name}={name}" if name in by_name else name)
    return ", ".join([*arguments, *(each for each in given if each.startswith("*"))])


def _addition(stub: Definition, answer: Definition, carrier: Carrier) -> Addition:
    """What the answer's class has and the stub's class lacks."""
    addition, source, theirs = Addition(stub, answer), answer.source, answer.owner
    addition.is_late = scopes_of(source).has_late_annotations
    for node in _members(stub, answer):
        for function in functions_in(node):
            _check_globals(function, answer, carrier)
        name = ", ".join(sorted(bound_by(node))) or ast.unparse(node)
        lines = addition.members.setdefault(name, [])
        lines += carrier.statement(source, node, stub.indent, stub.source)
        addition.early |= _early(node, stub, answer, carrier)
    known = [_meaning(base, stub.source, carrier) for base in stub.owner.bases]
    known += [Origin("builtins", "object"), Origin(stub.source, stub.owner.name)]
    bases = [base for base in theirs.bases if _meaning(base, source, carrier) not in known]
    addition.bases = list(map(ast.unparse, bases))
    addition.keywords = list(map(ast.unparse, theirs.keywords))
    addition.decorators = [f"@{ast.unparse(mark)}" for mark in theirs.decorator_list]
    for each in (*bases, *theirs.keywords, *theirs.decorator_list):
        addition.early |= _early(each, stub, answer, carrier)
    return addition


def _members(stub: Definition, answer: Definition) -> list[ast.stmt]:
    """The members of the answer's class that the stub's class has not."""
    ours = bindings(stub.owner.body).keys()
    rest = [node for node in answer.owner.body if not bound_by(node) & ours]
    return [node for node in rest if not _is_empty(node)]


def _is_empty(node: ast.stmt) -> bool:
    """Whether a statement does nothing: a docstring, an ellipsis, `pass`."""
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_constant or isinstance(node, ast.Pass)


def _uses(addition: Addition, member: str) -> bool:
    """Whether an answer may use a member of its class: it, or what it calls there, names it."""
    bound = bindings(_members(addition.stub, addition.answer))
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


def _meaning(node: ast.expr, source: Source, carrier: Carrier) -> Origin | None:
    """Where the value of a name, or of a module's attribute, comes from."""
    if isinstance(node, ast.Name):
        return carrier.names.origin(source, node.id)
    module = _meaning(node.value, source, carrier) if isinstance(node, ast.Attribute) else None
    if module and module.name is None and isinstance(module.home, Source):
        return carrier.names.found(module.home, node.attr)
    return None


def _early(node: ast.AST, stub: Definition, answer: Definition, carrier: Carrier) -> dict[str, str]:
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


def _changing_globals(source: Source, function: ast.FunctionDef, carrier: Carrier) -> set[str]:
    """The names that a function needs and some function makes anew, so that they have to be
    looked up in the module that they were written in."""
    names, scopes = carrier.names, scopes_of(source)
    changing = set(scopes.declared_global(function))
    for name in scopes.needed(function):
        origin = names.origin(source, name)
        is_own = origin and origin.name and names.is_own(origin.home)
        if is_own and origin.name in scopes_of(origin.home).rebound:
            changing.add(name)
    return changing


def _check_globals(function: ast.FunctionDef, answer: Definition, carrier: Carrier) -> None:
    for name in sorted(_changing_globals(answer.source, function, carrier)):
        raise AssembleError(
            f"{answer}: {answer.id} needs `global {name}`, and in a class a global that changes "
            "cannot come along"
        )


def _check_agree(new: Addition, others: Iterable[Addition]) -> None:
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


def _disagreement(new: Addition, old: Addition, what: str) -> AssembleError:
    return AssembleError(f"{new.answer} and {old.answer} bring {what} to one class")


def _check_no_circle(new: Addition, others: Iterable[Addition], along: Along) -> None:
    """Refuses what a module would need to be imported, and what needs that module first."""
    for each in (new, *others):
        for name, line in each.early.items():
            if along.needs(line, each.stub.source.module):
                raise AssembleError(
                    f"{new.answer}: with {new.answer.id}, {each.answer.owner.name} needs {name} "
                    f"where it is made, and that needs {each.stub.source.module} first"
                )
