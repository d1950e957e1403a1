"""Where an exercise stands in the package."""

import ast
from pathlib import Path


def locate(root):
    """Where each function and method of the learner's stands: {qualified name: (file, line)}.

    What lies below root/cs231n counts, but for the rooms of the course. Files are given relative to
    root, with forward slashes. A file that does not parse is passed over: its check says what is
    wrong with it.
    """
    places = {}
    package = Path(root) / "cs231n"
    for path in sorted(package.rglob("*.py")):
        if path.is_relative_to(package / "course"):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8-sig"))  # some editors leave a mark
        except (SyntaxError, ValueError):
            continue
        for name, line in _functions(tree):
            places.setdefault(name, (path.relative_to(root).as_posix(), line))
    return places


def _functions(node, prefix=""):
    for child in node.body:
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child.lineno
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
