"""Load the course's images: CIFAR-10 from `datasets/`, or the stand-in that code draws.

CS231N_DATASET chooses the data set: `auto` (the default) takes CIFAR-10 where it is
complete and else the stand-in, `cifar10` or `shapes10` take that one.
"""

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from cs231n.course.data.image_stores import (
    BATCHES,
    Rows,
    Store,
    Unfit,
    binary_store,
    pickled_store,
    shapes10_store,
)
from cs231n.course.paths import ROOT, shown

DATASETS = ROOT / "datasets"
BINARY, PICKLED = "cifar-10-batches-bin", "cifar-10-batches-py"
CHUNK = 1000  # images
CHOICES = ("auto", "cifar10", "shapes10")


@dataclass(frozen=True)
class Dataset:
    """A data set's splits. N differs between them and may be 0.

    X_train, X_val, X_test: uint8 (N, 32, 32, 3), red, green, blue, 0 to 255; read-only,
    as they may be the files themselves. y_train, y_val, y_test: int64 (N,), positions in
    `class_names`.
    """

    name: str
    class_names: tuple[str, ...]
    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


def load_dataset(
    num_training: int | None = None,
    num_validation: int = 0,
    num_test: int = 0,
    *,
    datasets: Path = DATASETS,
) -> Dataset:
    """Load the first `num_training` training images, the `num_validation` images after
    them, and the first `num_test` test images, and print what was loaded.

    num_training=None takes all training images but the last `num_validation`.

    Nothing is read but the files that these are in. Raises ValueError where there are not
    as many images, or CS231N_DATASET is none of its values, and FileNotFoundError where it
    asks for CIFAR-10 and `datasets` does not hold it complete.
    """
    store, splits = _load(num_training, num_validation, num_test, Path(datasets))
    images = [_read_only(planes.transpose(0, 2, 3, 1)) for planes, _ in splits]
    (X_train, X_val, X_test), (y_train, y_val, y_test) = images, [labels for _, labels in splits]
    return Dataset(store.name, store.class_names, X_train, y_train, X_val, y_val, X_test, y_test)


def as_rows(images: np.ndarray, mean_image: np.ndarray | float = 0.0, bias: bool = False):
    """Flatten images for a linear model: a row an image, pixels scaled to 0..1, less the mean.

    images: uint8 (N, H, W, 3), 0 to 255. mean_image: (H, W, 3), 0 to 1. bias: append a 1 to
    each row, whose weight is then a bias. Returns float32 (N, D) or (N, D + 1), D = H*W*3.
    """
    size = int(np.prod(images.shape[1:]))
    rows = np.ones((len(images), size + bias), np.float32)
    mean_row = np.broadcast_to(mean_image, images.shape[1:]).reshape(size).astype(np.float32)
    for start in range(0, len(images), CHUNK):  # in pieces: no second array of that size
        piece = images[start : start + CHUNK].reshape(-1, size)
        rows[start : start + CHUNK, :size] = piece * np.float32(1 / 255) - mean_row
    return rows


def as_planes(images: np.ndarray, mean_image: np.ndarray | float = 0.0):
    """Prepare images for a convolutional net: channels first, pixels scaled to 0..1, less the mean.

    images: uint8 (N, H, W, 3), 0 to 255. mean_image: (H, W, 3), 0 to 1. Returns float32
    (N, 3, H, W).
    """
    pixels = as_rows(images, mean_image).reshape(images.shape)
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))


def get_CIFAR10_data(
    num_training: int = 49000,
    num_validation: int = 1000,
    num_test: int = 1000,
    subtract_mean: bool = True,
    *,
    datasets: Path = DATASETS,
) -> dict[str, np.ndarray]:
    """Load the same splits as `load_dataset`, as floats for a network.

    Returns a dict: X_train, X_val, X_test, float32 (N, 3, 32, 32), in 0 to 255, less the
    training images' mean image where `subtract_mean`; y_train, y_val, y_test, int64 (N,).
    Raises what `load_dataset` raises. Under the same rule as there, these may be the
    stand-in's images.
    """
    _, splits = _load(num_training, num_validation, num_test, Path(datasets))
    mean = splits[0][0].mean(axis=0, dtype=np.float64) if subtract_mean else 0.0
    data = {}
    for name, (planes, labels) in zip(("train", "val", "test"), splits, strict=True):
        data[f"X_{name}"] = np.subtract(planes, mean, out=np.empty(planes.shape, np.float32))
        data[f"y_{name}"] = labels
    return data


def load_CIFAR10(
    root: str | Path, dtype: type = np.float64
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Load all of CIFAR-10 from the folder `root`: the binary form, or the older pickled one.

    Returns X_train, y_train, X_test, y_test: images of `dtype` (N, 32, 32, 3) in 0 to 255 and
    labels int64 (N,), 50,000 and 10,000 of them. That is 1.5 GB, and half as much for np.float32,
    which is too coarse for distances between images; load_dataset takes far less. Raises
    FileNotFoundError where the folder is not complete, and pickle.UnpicklingError where a
    pickle is not what it should be.
    """
    root = Path(root)
    pickled = (root / BATCHES["train"][0]).is_file()
    try:
        store = pickled_store(root) if pickled else binary_store(root)
        loaded = []
        for split, size in store.sizes.items():
            planes, labels = store.read(split, size)
            loaded += [planes.transpose(0, 2, 3, 1).astype(dtype, order="C"), labels]
    except Unfit as error:
        if isinstance(error.__cause__, pickle.UnpicklingError):
            raise error.__cause__ from None
        raise FileNotFoundError(f"{error}. ./get_datasets.sh fetches CIFAR-10") from error
    X_train, y_train, X_test, y_test = loaded
    return X_train, y_train, X_test, y_test


def _load(
    num_training: int | None, num_validation: int, num_test: int, datasets: Path
) -> tuple[Store, list[Rows]]:
    """Choose a data set, read the three splits of it, and print what was loaded."""
    choice = os.environ.get("CS231N_DATASET", "auto")
    if choice not in CHOICES:
        raise ValueError(f"CS231N_DATASET is {choice!r}, expected one of {', '.join(CHOICES)}")
    problems = []
    for open_store in _openers(choice, datasets):
        try:
            store = open_store()
            title = store.title + _remark(problems)
            if num_training is None:
                num_training = store.sizes["train"] - num_validation
            _check_counts(store, title, num_training, num_validation, num_test)
            planes, labels = store.read("train", num_training + num_validation)
            test = store.read("test", num_test)
        except Unfit as error:
            problems.append(str(error))
            continue
        training = planes[:num_training], labels[:num_training]
        validation = planes[num_training:], labels[num_training:]
        splits = [training, validation, test]
        print(f"{title}: {_counts(splits)}")
        return store, splits
    raise FileNotFoundError(
        f"CS231N_DATASET asks for CIFAR-10, but {'; '.join(problems)}. ./get_datasets.sh "
        "fetches it; CS231N_DATASET=auto takes the embedded stand-in meanwhile"
    )


def _openers(choice: str, datasets: Path) -> list[Callable[[], Store]]:
    """Return what opens each data set that `choice` admits, the preferred one first."""
    if choice == "shapes10":
        return [shapes10_store]
    folders = {BINARY: binary_store, PICKLED: pickled_store}
    there = [
        partial(open_folder, datasets / name)
        for name, open_folder in folders.items()
        if (datasets / name).is_dir()
    ]
    stand_in = [shapes10_store] if choice == "auto" else []
    return (there or [partial(_absent, datasets)]) + stand_in


def _absent(datasets: Path) -> Store:
    raise Unfit(f"CIFAR-10 is not in {shown(datasets)}/")


def _remark(problems: list[str]) -> str:
    return f" ({'; '.join(problems)}; ./get_datasets.sh fetches it)" if problems else ""


def _check_counts(
    store: Store, title: str, num_training: int, num_validation: int, num_test: int
) -> None:
    if num_training < 1 or num_validation < 0 or num_test < 0:
        raise ValueError(
            f"asked for {num_training} training, {num_validation} validation and {num_test} test "
            "images: expected at least 1, 0 and 0"
        )
    for split, what, asked in (
        ("train", "training and validation", num_training + num_validation),
        ("test", "test", num_test),
    ):
        if asked > store.sizes[split]:
            raise ValueError(
                f"asked for {asked:,} {what} images, "
                f"but there are {store.sizes[split]:,} in {title}"
            )


def _counts(splits: list[Rows]) -> str:
    numbers = zip(("training", "validation", "test"), splits, strict=True)
    told = ", ".join(f"{len(labels):,} {name}" for name, (_, labels) in numbers if len(labels))
    return f"{told} images"


def _read_only(images: np.ndarray) -> np.ndarray:
    images.flags.writeable = False
    return images
