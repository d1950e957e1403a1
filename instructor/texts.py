"""Modules whose text is another one than that of their files.

Copied into the sandbox of grading: imports nothing but Python's own library.
"""

import functools
import importlib.abc
import importlib.util
import linecache
from pathlib import Path


class Texts(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives modules a text of their own in place of that of their files. texts: {file: text}."""

    def __init__(self, texts):
        self.texts = texts

    def find_spec(self, name, path, target=None):
        for folder in path or []:
            file = str(Path(folder) / f"{name.rpartition('.')[2]}.py")
            if file in self.texts:
                return importlib.util.spec_from_file_location(name, file, loader=self)
        return None

    def exec_module(self, module):
        text = self.texts[module.__file__]
        # Lets a message quote the answer's line.
        linecache.cache[module.__file__] = len(text), None, text.splitlines(True), module.__file__
        exec(compiled(text, module.__file__), vars(module))


@functools.cache
def compiled(text, file):
    """A module's text as code; kept for the processes that are forked from this one."""
    return compile(text, file, "exec", dont_inherit=True)
