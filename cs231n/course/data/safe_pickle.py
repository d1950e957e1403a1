"""Read a batch of the older, pickled CIFAR-10 without trusting it.

A pickle is a program: it may call whatever it can name. Here it can name nothing but the
few things that numpy's arrays of bytes are made of, and even those are stand-ins of this
module that accept one shape of arguments; no function of numpy is called with a pickle's
word.
"""

import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np

ROWS, PIXELS, CLASSES = 10_000, 3 * 32 * 32, 10
SIZE_LIMIT = 64 << 20  # bytes; a batch has 31 million, as Python 3 writes it 46 million


def load_batch(path: str | Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the batch's pixels, uint8 (10000, 3072) in 0..255, and labels, int64 (10000,).

    A row holds an image's red, green and blue plane. Raises pickle.UnpicklingError, which
    names the file, where it asks for anything but arrays of bytes or is no CIFAR-10 batch,
    and OSError where it cannot be read.
    """
    path = Path(path)
    if path.stat().st_size > SIZE_LIMIT:
        raise pickle.UnpicklingError(f"{path} is refused: larger than a CIFAR-10 batch")
    try:
        # latin1: Python 2's strings, which hold the pixels too, byte by byte
        batch = _BatchUnpickler(io.BytesIO(path.read_bytes()), encoding="latin1").load()
        return _pixels(batch), _labels(batch)
    except OSError:
        raise
    except Exception as error:  # a malformed pickle raises anything
        raise pickle.UnpicklingError(f"{path} is refused: {error}") from error


class _BatchUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("numpy", "ndarray"): _Array,
            ("numpy", "dtype"): _ByteType,
            ("numpy.core.multiarray", "_reconstruct"): _Reconstruct(),
            ("numpy._core.multiarray", "_reconstruct"): _Reconstruct(),
            ("_codecs", "encode"): _Encode(),
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return known[module, name]


class _ByteType:
    """Stands for numpy.dtype: uint8 and no other."""

    __slots__ = ()

    def __init__(self, name: str, *_flags: bool) -> None:
        if name != "u1":
            raise pickle.UnpicklingError(f"it asks for an array of {name!r}, not of bytes")

    def __setstate__(self, _state: tuple) -> None:
        """A byte has no state: no order, fields or alignment."""


class _Array:
    """Stands for numpy.ndarray; `pixels` is the array."""

    __slots__ = ("pixels",)

    def __setstate__(self, state: tuple) -> None:
        _version, shape, dtype, fortran, data = state
        if not isinstance(dtype, _ByteType) or shape != (ROWS, PIXELS):
            raise pickle.UnpicklingError(f"it holds an array {shape}, not ({ROWS}, {PIXELS})")
        raw = data.encode("latin1") if isinstance(data, str) else data
        order = "F" if fortran else "C"
        self.pixels = np.frombuffer(raw, np.uint8).reshape(ROWS, PIXELS, order=order)


class _Reconstruct:
    """Stands for numpy's maker of empty arrays."""

    __slots__ = ()

    def __call__(self, kind: type, _shape: tuple, _typecode: str) -> _Array:
        if kind is not _Array:
            raise pickle.UnpicklingError(f"it asks for an array that is a {kind!r}")
        return _Array()


class _Encode:
    """Stands for codecs.encode, by which Python 3 writes bytes in the old protocol."""

    __slots__ = ()

    def __call__(self, text: str, encoding: str) -> bytes:
        if not isinstance(text, str) or encoding != "latin1":
            raise pickle.UnpicklingError(f"it asks to encode in {encoding!r}, not latin1")
        return text.encode("latin1")


def _pixels(batch: Any) -> np.ndarray:
    data = _entry(batch, "data")
    if not isinstance(data, _Array):
        raise pickle.UnpicklingError("its data is no array")
    return data.pixels


def _labels(batch: Any) -> np.ndarray:
    labels = _entry(batch, "labels")
    right = isinstance(labels, list) and len(labels) == ROWS
    if not right or not all(type(label) is int and 0 <= label < CLASSES for label in labels):
        raise pickle.UnpicklingError(f"its labels are not {ROWS} numbers from 0 to {CLASSES - 1}")
    return np.array(labels, dtype=np.int64)


def _entry(batch: Any, key: str) -> Any:
    """Look up `key`, which a pickle written by Python 3 may hold as bytes."""
    if not isinstance(batch, dict):
        raise pickle.UnpicklingError("it holds no dict")
    if key in batch:
        return batch[key]
    if key.encode() in batch:
        return batch[key.encode()]
    raise pickle.UnpicklingError(f"it has no {key!r}")
