"""Where images come from: the two forms of CIFAR-10 on disk, and the stand-in."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cs231n.course.data import shapes10
from cs231n.course.data.safe_pickle import load_batch
from cs231n.course.paths import shown

CIFAR10_CLASSES = ("plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")

BATCHES = {
    "train": tuple(f"data_batch_{number}" for number in range(1, 6)),
    "test": ("test_batch",),
}
BATCH = 10_000  # images in each file
RECORD = 1 + 3 * 32 * 32  # bytes: the label, then the red, green and blue plane

# images as planes, uint8 (N, 3, 32, 32), and labels, int64 (N,)
Rows = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Store:
    """Where images come from: `read(split, count)` gives the first rows of "train" or "test".

    `title` is the store's name in messages, `sizes` the number of images in each split.
    """

    name: str
    title: str
    class_names: tuple[str, ...]
    sizes: dict[str, int]
    read: Callable[[str, int], Rows]


class Unfit(Exception):
    """A folder does not hold the data set; the text says what is wrong with it."""


def shapes10_store() -> Store:
    """Open the stand-in that code draws."""
    sizes = {"train": shapes10.NUM_TRAIN, "test": shapes10.NUM_TEST}
    title = "shapes10, the embedded stand-in"
    return Store("shapes10", title, shapes10.CLASS_NAMES, sizes, _read_shapes10)


def _read_shapes10(split: str, count: int) -> Rows:
    images, labels = shapes10.generate(split, count)
    return images.transpose(0, 3, 1, 2), labels.astype(np.int64)


def binary_store(folder: Path) -> Store:
    """Open CIFAR-10's binary form; its files are mapped. Raises Unfit."""
    paths = _find_files(folder, ".bin")
    for path in [*paths["train"], *paths["test"]]:
        size = path.stat().st_size
        if size != BATCH * RECORD:
            raise Unfit(f"{shown(path)} has {size:,} bytes, expected {BATCH * RECORD:,}")
    return _cifar10_store(folder, paths, _map_batch)


def pickled_store(folder: Path) -> Store:
    """Open CIFAR-10's older, pickled form; only what is asked for is read. Raises Unfit."""
    return _cifar10_store(folder, _find_files(folder, ""), _unpickle_batch)


def _find_files(folder: Path, suffix: str) -> dict[str, list[Path]]:
    """Return each split's files. Raises Unfit where one of the six is missing."""
    paths = {split: [folder / (name + suffix) for name in BATCHES[split]] for split in BATCHES}
    missing = [path.name for files in paths.values() for path in files if not path.is_file()]
    if missing:
        raise Unfit(f"{shown(folder)} lacks {', '.join(missing)}")
    return paths


def _cifar10_store(
    folder: Path, paths: dict[str, list[Path]], read_batch: Callable[[Path], Rows]
) -> Store:
    def read(split: str, count: int) -> Rows:
        return _read_rows(paths[split], read_batch, count)

    sizes = {split: BATCH * len(files) for split, files in paths.items()}
    return Store("CIFAR-10", f"CIFAR-10 from {shown(folder)}", CIFAR10_CLASSES, sizes, read)


def _read_rows(paths: list[Path], read_batch: Callable[[Path], Rows], count: int) -> Rows:
    """Read the first rows of the files, as if they were one; a view where one has all."""
    parts = []
    for index in range(-(-count // BATCH)):
        planes, labels = _read(paths[index], read_batch)
        rows = slice(count - index * BATCH)
        parts.append((planes[rows], labels[rows].astype(np.int64)))
    if not parts:
        return np.empty((0, 3, 32, 32), np.uint8), np.empty(0, np.int64)
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([planes for planes, _ in parts]), np.concatenate([y for _, y in parts])


def _read(path: Path, read_batch: Callable[[Path], Rows]) -> Rows:
    try:
        return read_batch(path)
    except (OSError, pickle.UnpicklingError) as error:
        raise Unfit(str(error)) from error


def _map_batch(path: Path) -> Rows:
    records = np.asarray(np.memmap(path, np.uint8, "r", shape=(BATCH, RECORD)))
    return records[:, 1:].reshape(BATCH, 3, 32, 32), records[:, 0]


def _unpickle_batch(path: Path) -> Rows:
    pixels, labels = load_batch(path)
    return pixels.reshape(BATCH, 3, 32, 32), labels
