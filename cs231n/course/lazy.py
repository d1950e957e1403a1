"""Packages whose names are looked up in their files when they are first asked for."""

from importlib import import_module


def lazy_names(package, homes):
    """A module's `__getattr__` that finds each name of `homes` in the file that has it.

    package: the package's `__name__`. homes: {file, without .py: the names that it gives}. A file
    is read when one of its names is first used, so that a slip in one of them (a missing bracket,
    say) does not keep the others from being used.
    """
    home_of = {name: file for file, names in homes.items() for name in names}

    def __getattr__(name):
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home_of[name]}"), name)

    return __getattr__
