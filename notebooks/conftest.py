"""What nbval makes of an unfinished notebook: a TODO is expected, what rests on it is skipped.

With --runxfail a TODO fails like any other error: for a tree in which all is solved.
"""

import ast
import os
import symtable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    # The kernels import the package that stands beside these notebooks, installed or not.
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when != "call" or not hasattr(item, "cell") or item.config.option.runxfail:
        return report
    missing = item.parent.__dict__.setdefault("names_missing", {})
    reads, writes = names_of(item.cell.source)
    todo = _todo(item) if report.failed else None
    needs = (
        None if _is_check(item.cell) else next((missing[n] for n in reads if n in missing), None)
    )
    if todo:
        report.outcome, report.wasxfail = "skipped", todo  # which is how pytest says xfailed
    elif report.failed and needs:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.cell_num, f"Skipped: needs what waits for {needs}")
    for name in writes:
        if report.passed:
            missing.pop(name, None)
        elif todo or needs:
            missing[name] = todo or needs
    return report


def _is_check(cell):
    """A check cell stands alone: nothing but its own TODO excuses it."""
    return any(tag.startswith("exercise:") for tag in cell.metadata.get("tags", []))


def _todo(item):
    """The text of the TODO that ended the cell, or None."""
    for output in item.test_outputs or []:
        if output.output_type == "error" and output.ename == "NotImplementedError":
            return output.evalue if output.evalue.startswith("TODO: ") else None
    return None


def names_of(source):
    """The names that a cell takes from the cells before it, and the names that it sets."""
    lines = [line for line in source.splitlines() if not line.startswith(("%", "!"))]
    try:
        top = symtable.symtable("\n".join(lines), "cell", "exec")
        statements = ast.parse("\n".join(lines)).body
    except SyntaxError:
        return set(), set()
    tables = [top]
    for table in tables:  # those of functions too, which may read what stands outside
        tables += table.get_children()
    reads = {
        symbol.get_name()
        for table in tables
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table is top or symbol.is_global())
    }
    imports = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_imported()}
    writes = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned()}
    return reads - imports - writes | set(_replaced(statements)), writes


def _replaced(statements):
    """The names that a cell takes from before and then sets anew, as in `x = f(x)` and `x += 1`."""
    known = set()
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            known.add(statement.name)
            continue
        new = _names_in(statement, ast.Store)
        if isinstance(statement, ast.AugAssign):
            yield from new - known
        elif isinstance(statement, ast.Assign):
            value = statement.value
            # What a lambda or a comprehension calls so is its own.
            own = {each.arg for each in ast.walk(value) if isinstance(each, ast.arg)}
            own |= _names_in(value, ast.Store)
            yield from new & _names_in(value, ast.Load) - own - known
        known |= new


def _names_in(node, use):
    names = (each for each in ast.walk(node) if isinstance(each, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, use)}
