"""Put answers into the modules of the student tree, in the place of stubs.

The body of an answer takes the place of the stub's, below the stub's signature and docstring. An
answer that is more than a plain function (it has a decorator, a parameter more, a global that
changes) stays as it was written, and the stub's body calls it. A class gets what else the answer's
class has: members, bases, decorators.
"""

import ast
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

from cs231n.course.source import Definition, Source, parameters, top_line
from instructor.along import Along, holding
from instructor.answers import Report, read_package
from instructor.carrier import Carrier
from instructor.classes import (
    Addition,
    addition_of,
    check_agree,
    check_globals,
    check_no_circle,
    class_edits,
    early_imports,
)
from instructor.names import Course, Names, Origin
from instructor.scopes import assigns, bindings, scopes_of
from instructor.source import AssembleError, refuse


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
            check_agree(addition, additions.get(stub.owner, []))
            check_no_circle(addition, [each for own in additions.values() for each in own], along)
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
        edits += class_edits(owner, additions[owner])
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


def _fitted(stub: Definition, answer: Definition, carrier: Carrier) -> tuple[list[str], Addition]:
    """The lines that take the stub's place, and what its class gets beside them."""
    addition = addition_of(stub, answer, carrier) if stub.owner else Addition(stub, answer)
    inner = stub.body_indent(stub.indent)
    head = stub.header_lines(stub.indent)
    if _is_plain(stub, answer, carrier):
        return carrier.function(head, answer, inner, stub.source), addition
    if not stub.owner:
        written = Origin(answer.source, answer.id)
        line = carrier.taking(written, "as_written", stub.source)
        call = f"return as_written({_arguments(stub, answer)})"
        return [*head, inner + line, inner + call], addition
    check_globals(answer.node, answer, carrier)
    name, written = answer.node.name, f"__{answer.node.name}_as_written"
    lines = carrier.statement(answer.source, answer.node, stub.indent, stub.source)
    line = answer.line - top_line(answer.node)
    lines[line] = re.sub(rf"\bdef\s+{name}\b", f"def {written}", lines[line], count=1)
    addition.members[written] = lines
    addition.early |= early_imports(answer.node, stub, answer, carrier)
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
    theirs = [carrier.names.meaning(answer.source, mark) for mark in answer.node.decorator_list]
    ours = [carrier.names.meaning(stub.source, mark) for mark in stub.node.decorator_list]
    return (
        all(mark and mark in ours for mark in theirs)
        and set(parameters(answer.node.args)) <= set(parameters(stub.node.args))
        and not carrier.changing_globals(answer.source, answer.node)
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
