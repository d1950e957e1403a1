"""Find the exercises of a student tree, and the answers to them below any folder."""

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from cs231n.course.source import Definition, Source, definitions, parameters, todo
from instructor.scopes import at_once, is_script
from instructor.source import AssembleError, read_source, refuse

PARTIAL = {"partial", "functools.partial"}
Report = Callable[[AssembleError], None]


def read_package(tree: Path) -> dict[str, Source]:
    """The modules of the tree's package `cs231n`, by the name under which they are imported."""
    sources = [read_source(path, tree) for path in python_files(tree / "cs231n")]
    return {source.module: source for source in sources}


def find_stubs(tree: Path) -> dict[str, Definition]:
    """The exercises of a student tree, by id: what still raises NotImplementedError("TODO: id")."""
    return stubs_of(read_package(tree))


def stubs_of(modules: Mapping[str, Source]) -> dict[str, Definition]:
    stubs = {}
    for found in (each for source in modules.values() for each in definitions(source)):
        task = todo(found.node)
        if task is None:
            continue
        if task != found.id:
            raise AssembleError(f"{found}: the stub of {found.id} names {task or 'nothing'}")
        if found.id in stubs:
            raise AssembleError(f"{found.id} stands twice: {stubs[found.id]} and {found}")
        stubs[found.id] = found
    return stubs


def collect(
    folders: Sequence[Path],
    stubs: Mapping[str, Definition],
    only: Iterable[str] | None = None,
    report: Report = refuse,
) -> dict[str, Definition]:
    """The answers to the exercises, by id; later folders win, and of the last one only `only`.

    report: is told of each answer that cannot be taken. That exercise is left out, an answer of
    an earlier folder included: nobody is to get the credit for another's work.
    """
    chosen, found, faults = chosen_stubs(stubs, only), {}, []
    for number, folder in enumerate(folders, 1):
        found |= answers_below(folder, chosen if number == len(folders) else stubs, faults.append)
        for error in faults:
            report(error)
            for each in error.exercises:
                found.pop(each, None)
        faults.clear()
    return found


def chosen_stubs(
    stubs: Mapping[str, Definition], only: Iterable[str] | None
) -> dict[str, Definition]:
    chosen = sorted(stubs) if only is None else list(only)
    for unknown in (each for each in chosen if each not in stubs):
        near = difflib.get_close_matches(unknown, stubs) or sorted(stubs)
        raise AssembleError(f"{unknown} is no exercise; there is {', '.join(near)}")
    return {each: stubs[each] for each in chosen}


def answers_below(
    folder: Path, stubs: Mapping[str, Definition], report: Report = refuse
) -> dict[str, Definition]:
    """The answers in one folder, or in one file; a stub is no answer."""
    found, faults, sources = {}, [], []
    for path in python_files(folder):
        try:
            source = read_source(path, path.parent if path == folder else folder)
        except AssembleError as error:
            error.exercises = tuple(each for each in stubs if _seems_to_define(path, each))
            faults.append(error)
            continue
        sources.append(source)
        # Of two definitions in one file the last counts, as it does for Python.
        last = {each.id: each for each in answers_in(source)}
        for each in last.values():
            if each.id in stubs and todo(each.node) is None:
                found.setdefault(each.id, []).append(each)
    answers = {}
    for each, candidates in found.items():
        try:
            answers[each] = _pick(candidates, stubs[each])
        except AssembleError as error:
            error.exercises = (each,)
            faults.append(error)
    for each, where in _in_other_words(sources, stubs.keys() - found.keys()):
        error = AssembleError(f"{where}: {each} is not defined there, and so not taken")
        error.exercises = (each,)
        faults.append(error)
    for error in faults:  # what another file answers well is no loss
        error.exercises = tuple(each for each in error.exercises if each not in answers)
        report(error)
    return answers


def answers_in(source: Source) -> list[Definition]:
    """All that a file defines, in order; in a block (`if`, `try`) or as a lambda too."""
    found = list(definitions(source))
    for node in source.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) or is_script(node):
            continue
        for each in at_once(node):
            if isinstance(each, ast.FunctionDef):
                found.append(Definition(each.name, source, each, None))
            elif isinstance(each, ast.ClassDef):
                found += definitions(source, each, f"{each.name}.")
            elif (name := _of_lambda(each)) is not None:
                found.append(Definition(name, source, each.value, None))
    return sorted(found, key=lambda each: each.line)


def defined(node: ast.stmt, name: str) -> bool:
    """Whether a statement defines a function or class of this name; in a block too."""
    return any(
        getattr(each, "name", None) == name or _of_lambda(each) == name for each in at_once(node)
    )


def python_files(folder: Path) -> Iterator[Path]:
    """The .py files below a folder that somebody wrote by hand; or the file itself."""
    if folder.is_file():
        yield folder
    elif not folder.is_dir():
        raise AssembleError(f"{folder} does not exist")
    else:
        for path in sorted(folder.rglob("*.py")):
            if path.is_file() and not any(map(_is_passed_over, path.relative_to(folder).parts)):
                yield path


def _of_lambda(node: ast.AST) -> str | None:
    """The name that a lambda is given."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
            return name
    return None


def _in_other_words(sources: list[Source], exercises: Set[str]) -> Iterator[tuple[str, str]]:
    """The exercises that files assign, import or inherit, and where."""
    files = {source.path.stem for source in sources}
    known = {each.id for source in sources for each in definitions(source)}
    for path, node in ((each.path, node) for each in sources for node in each.tree.body):
        names = []
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=value)):
                names = [name] if value in known else []
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                names = [name] if ast.unparse(function) in known | PARTIAL else []
            case ast.ImportFrom(module=module) if str(module).rpartition(".")[2] in files:
                names = [each.asname for each in node.names if each.asname != each.name]
            case ast.ClassDef(name=name, bases=bases):
                above = {ast.unparse(base).rpartition(".")[2] for base in bases} - {name}
                methods = {each.rpartition(".")[2] for each in known if each.split(".")[0] in above}
                names = [f"{name}.{method}" for method in methods]
        for name in sorted(exercises & set(names)):
            yield name, f"{path}:{node.lineno}"


def _seems_to_define(path: Path, exercise: str) -> bool:
    """Whether a file that is no Python has the lines where an exercise would begin."""
    text = path.read_bytes().decode("latin-1")
    owner, _, name = exercise.rpartition(".")
    lines = [rf"def\s+{name}\b", *([rf"class\s+{owner}\b"] if owner else [])]
    return all(re.search(rf"^\s*{line}", text, re.MULTILINE) for line in lines)


def _is_passed_over(part: str) -> bool:
    return part.startswith(".") or part in ("__pycache__", "site-packages")


def _pick(candidates: list[Definition], stub: Definition) -> Definition:
    """The only candidate that fits, or the only one whose path ends like the stub's."""
    candidates = [each for each in candidates if _fits(each, stub)] or candidates
    tail = stub.source.name.parts[1:]
    alike = [each for each in candidates if each.path.parts[-len(tail) :] == tail]
    for choice in (candidates, alike):
        if len(choice) == 1 and _fits(choice[0], stub):
            return choice[0]
        if len(choice) == 1:
            theirs, ours = (", ".join(parameters(e.node.args)) for e in (choice[0], stub))
            raise AssembleError(
                f"{choice[0]}: {stub.id} takes ({theirs}), but the exercise takes ({ours})"
            )
    places = " and ".join(str(each) for each in alike or candidates)
    raise AssembleError(f"{stub.id} is answered more than once: {places}")


def _fits(answer: Definition, stub: Definition) -> bool:
    """Whether the answer takes what the stub takes, by the same names, in order.

    Last ones that have a default may be missing, and others that can be left out may be there:
    what an answer does not know it leaves aside.
    """
    theirs, ours = parameters(answer.node.args), parameters(stub.node.args)
    shared = [each for each in theirs if each in ours]
    missing, more = set(ours[len(shared) :]), set(theirs) - set(ours)
    return (
        shared == ours[: len(shared)]
        and missing <= _left_out(stub.node.args)
        and more <= _left_out(answer.node.args)
    )


def _left_out(args: ast.arguments) -> set[str]:
    """The parameters that a call can leave out."""
    positional = [*args.posonlyargs, *args.args]
    keywords = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return {
        *(each.arg for each in positional[len(positional) - len(args.defaults) :]),
        *(each.arg for each, default in keywords if default is not None),
        *(each for each in parameters(args) if each.startswith("*")),
    }
