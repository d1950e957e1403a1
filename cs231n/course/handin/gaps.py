"""What is missing in a hand-in, a line each. Nothing is refused because of it."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from cs231n.course.cells import tags_of
from cs231n.course.handin.notebooks import NoNotebook, read_notebook
from cs231n.course.handin.releases import Release, as_text

CHECK = "exercise:"


def gaps_of_exercises(outcomes: Iterable) -> list[str]:
    """How many exercises of each notebook are todo, and which are wrong."""
    gaps = []
    for notebook, group in groupby(outcomes, key=lambda outcome: outcome.notebook):
        group = list(group)
        counts = Counter(outcome.status for outcome in group)
        if counts["todo"]:
            gaps.append(f"{notebook}: {counts['todo']} of {len(group)} exercises are todo")
        gaps += [f"{notebook}: {each.id} is wrong" for each in group if each.status == "wrong"]
    return gaps


def gaps_of_notebooks(files: Mapping[str, bytes], outcomes: Iterable, root: Path) -> list[str]:
    """Notebooks that are none, were not run, or were saved before the code they check."""
    code = {}
    for outcome in outcomes:
        if outcome.file:
            code.setdefault(f"notebooks/{outcome.notebook}.ipynb", set()).add(outcome.file)
    gaps = []
    for path, data in files.items():
        name = Path(path).name
        try:
            cells = read_notebook(as_text(data))["cells"]
        except (NoNotebook, UnicodeDecodeError) as error:
            gaps.append(f"{name}: {error}")
            continue
        gaps += [f"{name} {what}" for what in _gaps_of_run(cells)]
        newest = max(sorted(code.get(path, ())), key=lambda each: _time(root / each), default=None)
        if newest and _was_run(cells) and _time(root / newest) > _time(root / path):
            gaps.append(f"{name} was saved before the last change of {newest}: run it again")
    return gaps


def gaps_of_checks(files: Mapping[str, bytes], own: Release) -> list[str]:
    """Check cells that are not as they were released, where that is known."""
    gaps = []
    for path, text in own.texts.items():
        if not path.endswith(".ipynb"):
            continue
        name = Path(path).name
        if path not in files:
            gaps.append(f"{name} is not there")
            continue
        try:
            now = _checks(read_notebook(as_text(files[path]))["cells"])
        except (NoNotebook, UnicodeDecodeError):
            continue  # which is told already
        for exercise, sources in _checks(read_notebook(text)["cells"]).items():
            if now.get(exercise) != sources:
                gaps.append(f"{name}: the check of {exercise} is not the course's")
    return gaps


def gaps_of_imports(files: Mapping[str, bytes], root: Path) -> list[str]:
    """Modules of the learner's that lie outside the package, and files that are no Python."""
    gaps = []
    for path, data in files.items():
        if not path.endswith(".py"):
            continue
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError) as error:
            line = f", line {error.lineno}" if getattr(error, "lineno", None) else ""
            gaps.append(f"{path}{line} is no Python: {getattr(error, 'msg', error)}")
            continue
        for module in sorted(_imported(tree)):
            for place in (f"{module}.py", f"notebooks/{module}.py"):
                if (root / place).is_file():
                    gaps.append(f"{path} imports {place}, which is not in it: move it to cs231n/")
    return gaps


def _gaps_of_run(cells) -> list[str]:
    to_run = [cell for cell in cells if _is_to_run(cell)]
    waiting = sum(cell.get("execution_count") is None for cell in to_run)
    if to_run and waiting == len(to_run):
        return ["was never run"]
    return [f"has {waiting} of {len(to_run)} code cells that were not run"] if waiting else []


def _is_to_run(cell) -> bool:
    is_code = cell["cell_type"] == "code" and "".join(cell["source"]).strip()
    return bool(is_code) and "nbval-skip" not in tags_of(cell)


def _was_run(cells) -> bool:
    return any(cell.get("execution_count") is not None for cell in cells)


def _time(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0.0


def _checks(cells) -> dict[str, list[str]]:
    """The check cells of each exercise, as text."""
    checks = {}
    for cell in cells:
        for tag in tags_of(cell):
            if tag.startswith(CHECK):
                checks.setdefault(tag.removeprefix(CHECK), []).append("".join(cell["source"]))
    return checks


def _imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - {"cs231n"}
