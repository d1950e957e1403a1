"""Keeps a notebook in step with the package's files.

IPython's autoreload does the work. Three things are added. A file that cannot be read (a missing
bracket) would leave the code from before the change in place, and a check would go on to praise
it: so no cell runs until the file is mended. Processes that ran parts of an earlier cell have
imported the code of then, and would go on with it: they end when it changes. And functions keep
their line numbers, which autoreload's patching of single functions loses.
"""

import sys
from pathlib import Path

from IPython.core.error import InputRejected

from cs231n.course.desk.panel import panel
from cs231n.course.paths import ROOT

PACKAGE = ROOT / "cs231n"


class BrokenFile(InputRejected):
    """A file of the package changed and cannot be read; the cell was not run."""

    def __init__(self, file, error):
        self.file, self.error = file.relative_to(ROOT).as_posix(), error
        super().__init__(f"{self.file}: {type(error).__name__}: {error}")

    def _render_traceback_(self):
        lines = [f"{type(self.error).__name__}: {self.error}"]
        if isinstance(self.error, SyntaxError) and self.error.text:
            lines.append(self.error.text.strip())
        lines.append("The cell was not run: it would have used the code from before your change.")
        return panel("wrong", f"✗ {self.file} cannot be read.", lines)


class BrokenFileGuard:
    """Rejects a cell while autoreload has failed on a file of the package."""

    def __init__(self, failed):
        self.failed = failed  # autoreload's own dict, with the failed files' names as keys

    def visit(self, cell):
        """What IPython calls with each cell's syntax tree before it runs it."""
        for name in self.failed:
            file = Path(name).resolve()
            if file.is_relative_to(PACKAGE) and (error := _error_of(file)):
                raise BrokenFile(file, error)
        return cell


class OldWorkers:
    """joblib's processes that have imported files which have changed since."""

    def __init__(self, mtimes):
        self.mtimes = mtimes  # autoreload's own dict: a module's name -> when its file was written
        self.imported = dict(mtimes)

    def note(self, result):
        """What IPython calls after each cell: these are the files that processes may have read."""
        self.imported = dict(self.mtimes)

    def end(self, info):
        """What IPython calls before each cell, after autoreload."""
        changed = any(self.mtimes.get(name) != mtime for name, mtime in self.imported.items())
        if changed and "joblib" in sys.modules:
            from joblib.externals.loky import get_reusable_executor

            get_reusable_executor().shutdown()


def reload_when_changed(shell):
    """Reloads the package's modules before a cell when their files have changed."""
    shell.run_line_magic("load_ext", "autoreload")
    shell.run_line_magic("autoreload", "2")
    reloader = shell.magics_manager.registry["AutoreloadMagics"]._reloader
    reloader.hide_errors = True
    if hasattr(reloader, "deduper_reloader"):  # since IPython 9
        reloader.deduper_reloader.enabled = False
    old_workers = OldWorkers(reloader.modules_mtimes)
    shell.events.register("pre_run_cell", old_workers.end)
    shell.events.register("post_run_cell", old_workers.note)
    guards = [t for t in shell.ast_transformers if isinstance(t, BrokenFileGuard)]
    if not guards:
        shell.ast_transformers.append(BrokenFileGuard(reloader.failed))


def _error_of(file):
    """What reading the file raises, or None."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    names = {
        "__name__": ".".join(parts),
        "__package__": ".".join(parts[:-1]),
        "__file__": str(file),
    }
    try:
        exec(compile(file.read_text(encoding="utf-8-sig"), str(file), "exec"), names)
    except Exception as error:
        return error
    return None
