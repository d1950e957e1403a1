"""Arguments and results of any kind, seen through to the arrays in them: copied, compared, cast."""

import copy

import numpy as np

LEAVES = (np.ndarray, int, float, complex, str, bytes, bool, type(None), np.generic)


def fresh(value):
    """A copy that shares no memory with the value; where there can be none, the value itself."""
    try:
        return copy.deepcopy(value)
    except Exception:  # a generator, a lock: nothing that an answer's arrays would hide in
        return value


def parts(value, path="", seen=None):
    """All arrays and plain values inside of a value, as (path, value): ("cache[0]", array).

    A list has its length as well, so that it shows where one is appended to.
    """
    seen = set() if seen is None else seen
    if isinstance(value, LEAVES):
        yield path, value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, list):
        yield f"{path}'s length", len(value)
    for step, child in _children(value):
        yield from parts(child, path + step, seen)


def _children(value):
    if isinstance(value, dict):
        return [(f"[{key!r}]", child) for key, child in value.items()]
    if isinstance(value, list | tuple):
        return [(f"[{i}]", child) for i, child in enumerate(value)]
    if callable(value) and getattr(value, "__closure__", None):
        names = value.__code__.co_freevars
        cells = zip(names, value.__closure__, strict=True)
        return [(f".{name}", cell.cell_contents) for name, cell in cells if _is_filled(cell)]
    if isinstance(value, type) or callable(value):
        return []
    return [(f".{name}", child) for name, child in getattr(value, "__dict__", {}).items()]


def _is_filled(cell):
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def changes(before, after):
    """(path, was, is) of each part that differs. Parts that are new do not count.

    The values are as `fresh` made them before, and as they are now.
    """
    now = dict(parts(after))
    for path, was in parts(before):
        if path not in now:
            yield path, was, None
        elif not same(was, now[path]):
            yield path, was, now[path]


def same(a, b):
    """Whether two parts are equal: arrays in shape, type and every entry."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)):
            return False
        if a.shape != b.shape or a.dtype != b.dtype:
            return False
        return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    return type(a) is type(b) and (a == b or a != a)


def cast(value, dtype):
    """A copy in which every float64 array is of this type."""
    value = fresh(value)
    if isinstance(value, np.ndarray):
        return value.astype(dtype) if value.dtype == np.float64 else value
    if isinstance(value, dict):
        return {key: cast(child, dtype) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(cast(child, dtype) for child in value)
    for name, child in getattr(value, "__dict__", {}).items():
        setattr(value, name, cast(child, dtype))
    return value


def arrays(value):
    """The arrays inside of a value."""
    return [part for _, part in parts(value) if isinstance(part, np.ndarray)]
