"""The files of a Solver's state, and of a model: .npz archives of plain arrays, without pickle.

An entry of a nested dict gets a flat name, its keys joined by slashes: params/W1,
optim/W1/learning_rate. `np.load(path)` opens such a file anywhere.
"""

import zipfile
from pathlib import Path

import numpy as np

# What such a file is, and its entry "format".
SOLVER = ("a Solver's checkpoint", "cs231n Solver checkpoint 1")
MODEL = ("a saved model", "cs231n model 1")


def save_checkpoint(path, entries, kind=SOLVER):
    """Writes a nested dict of arrays, numbers and strings to `path`; makes its folder.

    A file of that name is replaced in one go: whoever reads it, or is interrupted here, finds
    either the old one or the new one. Raises TypeError where a value is nothing of the kind,
    ValueError where a key has a slash in it.
    """
    path = Path(path)
    arrays = dict(_flatten({"format": kind[1], **entries}))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.part")
    try:
        with aside.open("wb") as file:
            np.savez(file, **arrays)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def load_checkpoint(path, kind=SOLVER):
    """The entries of a file that save_checkpoint wrote: a flat dict of arrays and scalars.

    Raises ValueError where the file is none of that kind, FileNotFoundError where there is none.
    """
    what, form = kind
    try:
        with Path(path).open("rb") as file, np.load(_as_zip(file), allow_pickle=False) as archive:
            entries = {name: _as_scalar(archive[name]) for name in archive.files}
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is not {what}, or is damaged: {error}") from error
    if entries.get("format") != form:
        raise ValueError(f"{path} is not {what}: its entry 'format' is not {form!r}")
    return entries


def below(entries, name):
    """The entries of the dict that had that name: {'W1': …} for 'params' and 'params/W1'."""
    start = f"{name}/"
    return {key.removeprefix(start): v for key, v in entries.items() if key.startswith(start)}


def type_and_shape(array):
    array = np.asarray(array)
    return f"{array.dtype} {array.shape}"


def require_fit(path, saved, params, kind_of=type_and_shape):
    """Raises ValueError where the parameters in a file are not those of a model.

    saved, params: dicts of arrays, the file's and the model's. kind_of: what must be the same of
    both.
    """
    if saved.keys() != params.keys():
        raise ValueError(
            f"{path} has the parameters {', '.join(sorted(saved))}, but the model has "
            f"{', '.join(sorted(params))}: make the model as it was when the file was written"
        )
    kinds = {name: (kind_of(saved[name]), kind_of(w)) for name, w in params.items()}
    differ = [
        f"{name} is {got} in {path}, but {expected} in the model"
        for name, (got, expected) in kinds.items()
        if got != expected
    ]
    if differ:
        raise ValueError(f"{'; '.join(differ)}: make the model as it was when the file was written")


def _flatten(entries, start=""):
    for key, value in entries.items():
        if "/" in key:
            raise ValueError(f"a checkpoint cannot keep the name {key!r}: slashes part its names")
        name = start + key
        if isinstance(value, dict):
            yield from _flatten(value, f"{name}/")
            continue
        array = np.asarray(value)
        # An array of objects would be pickled.
        if array.dtype.hasobject:
            raise TypeError(
                f"a checkpoint cannot keep {name}, a {type(value).__name__}: it holds arrays, "
                "numbers and strings"
            )
        yield name, array


def _as_zip(file):
    """The file, if it is a zip archive: np.load would take a lone array as well."""
    if not zipfile.is_zipfile(file):
        raise ValueError("it is no .npz file")
    file.seek(0)
    return file


def _as_scalar(array):
    """A Python number or string where the array is one.

    Not an array of no dimensions: times a float32 array, that gives float64.
    """
    plain = array.dtype == np.float64 or array.dtype.kind in "biU"
    return array.item() if array.ndim == 0 and plain else array
