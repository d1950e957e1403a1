"""Find the exercises of a student tree, and the answers to them below any folder."""

import ast
import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from instructor.source import AssembleError, Definition, Source, definitions, read_source


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
    folders: Iterable[Path], stubs: Mapping[str, Definition], only: Iterable[str] | None = None
) -> dict[str, Definition]:
    """The answers to the exercises (or to those in `only`), by id; later folders win."""
    chosen = chosen_stubs(stubs, only)
    found = {}
    for folder in folders:
        found |= answers_below(folder, chosen)
    for answer in found.values():
        _check_parameters(answer, chosen[answer.id])
    return found


def chosen_stubs(
    stubs: Mapping[str, Definition], only: Iterable[str] | None
) -> dict[str, Definition]:
    chosen = sorted(stubs) if only is None else list(only)
    for unknown in (each for each in chosen if each not in stubs):
        near = difflib.get_close_matches(unknown, stubs) or sorted(stubs)
        raise AssembleError(f"{unknown} is no exercise; there is {', '.join(near)}")
    return {each: stubs[each] for each in chosen}


def answers_below(folder: Path, stubs: Mapping[str, Definition]) -> dict[str, Definition]:
    """The answers in one folder, or in one file; a stub is no answer."""
    found = {}
    for path in python_files(folder):
        source = read_source(path, path.parent)
        # Of two definitions in one file the last counts, as it does for Python.
        last = {each.id: each for each in definitions(source) if each.id in stubs}
        for each in last.values():
            if todo(each.node) is None:
                found.setdefault(each.id, []).append(each)
    return {each: _pick(candidates, stubs[each]) for each, candidates in found.items()}


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


def todo(node: ast.FunctionDef) -> str | None:
    """The id that a stub names, or None where the function is no stub."""
    match node.body[ast.get_docstring(node, clean=False) is not None :]:
        case [
            ast.Raise(
                exc=ast.Call(
                    func=ast.Name(id="NotImplementedError"),
                    args=[ast.Constant(value=str(message))],
                )
            )
        ] if message.startswith("TODO"):
            return message.removeprefix("TODO").removeprefix(":").strip()
    return None


def _is_passed_over(part: str) -> bool:
    return part.startswith(".") or part in ("__pycache__", "site-packages")


def _pick(candidates: list[Definition], stub: Definition) -> Definition:
    """The only candidate, or the only one whose path ends like the stub's."""
    tail = stub.source.name.parts[1:]
    alike = [each for each in candidates if each.path.parts[-len(tail) :] == tail]
    for choice in (candidates, alike):
        if len(choice) == 1:
            return choice[0]
    places = " and ".join(str(each) for each in alike or candidates)
    raise AssembleError(f"{stub.id} is answered more than once: {places}")


def _check_parameters(answer: Definition, stub: Definition) -> None:
    """The names must be the stub's. Last ones that have a default may be missing: an answer that
    does not know them is one that leaves them aside.
    """
    theirs, ours = _parameters(answer.node.args), _parameters(stub.node.args)
    missing = set(ours[len(theirs) :])
    if theirs != ours[: len(theirs)] or not missing <= _with_defaults(stub.node.args):
        raise AssembleError(
            f"{answer}: {answer.id} takes ({', '.join(theirs)}), "
            f"but the exercise takes ({', '.join(ours)})"
        )


def _with_defaults(args: ast.arguments) -> set[str]:
    positional = [*args.posonlyargs, *args.args]
    keywords = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return {each.arg for each in positional[len(positional) - len(args.defaults) :]} | {
        each.arg for each, default in keywords if default is not None
    }


def _parameters(args: ast.arguments) -> list[str]:
    names = [each.arg for each in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    rest = [(args.vararg, "*"), (args.kwarg, "**")]
    return names + [stars + each.arg for each, stars in rest if each]
