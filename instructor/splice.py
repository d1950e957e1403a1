"""Put answers into the modules of the student tree, in the place of stubs."""

import ast
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from instructor.answers import read_package
from instructor.needs import Course, Surroundings
from instructor.scopes import bindings, needed_at_once
from instructor.source import AssembleError, Definition, Source, top_line

RECEIVERS = ("self", "cls")


def solved_modules(tree: Path, answers: Mapping[str, Definition]) -> dict[Path, str]:
    """The new text of each module that the answers change, by its path in the tree."""
    return solved_texts(Course(read_package(tree)), answers)


def solved_texts(course: Course, answers: Mapping[str, Definition]) -> dict[Path, str]:
    """The same for a course that was read before."""
    texts = {}
    for source in course.modules.values():
        pairs = [
            (course.stubs[each], answers[each])
            for each in answers
            if each in course.stubs and course.stubs[each].source is source
        ]
        if pairs:
            texts[source.name] = _solved(source, pairs, course)
    return texts


def _solved(source: Source, pairs: list[tuple[Definition, Definition]], course: Course) -> str:
    lines, members = list(source.lines), {}
    # From the last stub to the first, so that the line numbers of the others stay true.
    for stub, answer in sorted(pairs, key=lambda pair: pair[0].line, reverse=True):
        around = Surroundings(answer.source, stub, course)
        new = _joined(stub, answer, around, stub.indent)
        for name, text in _members(stub, answer, around):
            key = (stub.id.rpartition(".")[0], name)
            known = members.setdefault(key, (text, answer))
            if known[0] != text:
                raise AssembleError(
                    f"{answer} and {known[1]} bring different methods {'.'.join(key)}"
                )
            if known[1] is answer:
                new += ["", *text]
        lines[top_line(stub.node) - 1 : stub.node.end_lineno] = new
        _check_compiles("\n".join(lines), source, answer)
    return "\n".join(lines)


def _joined(head: Definition, body: Definition, around: Surroundings, indent: str) -> list[str]:
    """The decorators, signature and docstring of one function with the body of another."""
    inner = head.body_indent(indent)
    return [*head.header_lines(indent), *around.bring(body, inner), *body.body_lines(inner)]


def _members(
    stub: Definition, answer: Definition, around: Surroundings
) -> Iterator[tuple[str, list[str]]]:
    """What the answer uses of its own class and the stub's class lacks, with its name."""
    if not stub.owner or not answer.owner:
        return
    theirs = bindings(answer.source, answer.owner.body)
    ours = bindings(stub.source, stub.owner.body)
    wanted, brought = _members_used(answer.node, answer.owner), {}
    while wanted:
        name = wanted.pop()
        if name in ours or name in brought or name not in theirs:
            continue
        brought[name] = theirs[name]
        for node in theirs[name]:
            wanted |= _members_used(node, answer.owner) | needed_at_once(answer.source, node)
            _check_can_stand_in_class(node, name, answer, around)
    for name in sorted(brought, key=lambda name: brought[name][0].lineno):
        nodes = brought[name]
        yield name, [line for node in nodes for line in _member(node, answer, around, stub.indent)]


def _member(node: ast.stmt, answer: Definition, around: Surroundings, indent: str) -> list[str]:
    if not isinstance(node, ast.FunctionDef):
        return answer.source.excerpt(node, node, indent)
    method = Definition(node.name, answer.source, node, answer.owner)
    return _joined(method, method, around, indent)


def _members_used(node: ast.stmt, owner: ast.ClassDef) -> set[str]:
    """The attributes that a statement takes of self, of cls, or of the class by its name."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and each.value.id in (*RECEIVERS, owner.name)
    }


def _check_can_stand_in_class(
    node: ast.stmt, name: str, answer: Definition, around: Surroundings
) -> None:
    for needed in sorted(needed_at_once(answer.source, node)):
        if needed in around.bound and not around.has(needed):
            raise AssembleError(
                f"{answer.path}:{node.lineno}: {name} comes along with {answer.id} and needs "
                f"{needed} where its class is made; use {needed} inside of a function instead"
            )


def _check_compiles(text: str, source: Source, answer: Definition) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, str(source.path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise AssembleError(
            f"{answer}: with the answer to {answer.id}, {source.name} does not compile: {error}"
        ) from error
