"""Loading images: which data set, which rows of it, in which form, and at what cost."""

import pickle
import shutil
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.loading import ALL, ROWS, measure
from cs231n.course.data import shapes10
from cs231n.course.data.image_stores import BATCHES
from cs231n.course.paths import ROOT
from cs231n.data_utils import (
    DATASETS,
    get_CIFAR10_data,
    load_CIFAR10,
    load_dataset,
)

BATCH, PIXELS = 10_000, 3 * 32 * 32
FILES = [*BATCHES["train"], *BATCHES["test"]]
SPLITS = ("train", "val", "test")

real_data = pytest.mark.skipif(
    not (DATASETS / "cifar-10-batches-bin").is_dir(),
    reason="CIFAR-10 is not in datasets/ (./get_datasets.sh fetches it)",
)


# --- a made-up CIFAR-10: each file's first and last five images are noise, the others black

NOISE = np.random.RandomState(0).randint(0, 256, (6, 10, PIXELS)).astype(np.uint8)
NOISY_LABELS = np.random.RandomState(1).randint(0, 10, (6, 10))
EDGES = [number * BATCH + row for number in range(5) for row in (0, 4, BATCH - 5, BATCH - 1)]
TEST = 5 * BATCH  # the test images' first row, counted on from the training images


def make_records(number):
    """A file's 10,000 records: label, red plane, green plane, blue plane."""
    records = np.zeros((BATCH, 1 + PIXELS), np.uint8)
    noisy = np.insert(NOISE[number], 0, NOISY_LABELS[number], axis=1)
    records[:5], records[-5:] = noisy[:5], noisy[5:]
    return records


def noise_at(row):
    """Where NOISE has this row: its file, and its place there."""
    number, row = divmod(row, BATCH)
    assert row < 5 or row >= BATCH - 5
    return number, row if row < 5 else row - BATCH


def images(rows):
    """The images (N, 32, 32, 3) of these rows, as the format has them."""
    planes = np.stack([NOISE[noise_at(row)] for row in rows]).reshape(-1, 3, 32, 32)
    return np.stack([planes[:, 0], planes[:, 1], planes[:, 2]], axis=-1)


def labels(rows):
    return np.array([NOISY_LABELS[noise_at(row)] for row in rows])


def write_binary(datasets):
    folder = datasets / "cifar-10-batches-bin"
    folder.mkdir(parents=True)
    for number, name in enumerate(FILES):
        (folder / f"{name}.bin").write_bytes(make_records(number).tobytes())


def write_pickled(datasets):
    folder = datasets / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    for number, name in enumerate(FILES):
        records = make_records(number)
        batch = {"data": records[:, 1:].copy(), "labels": records[:, 0].tolist()}
        (folder / name).write_bytes(pickle.dumps(batch, protocol=4))


@pytest.fixture(autouse=True)
def _default_choice(monkeypatch):
    monkeypatch.delenv("CS231N_DATASET", raising=False)


@pytest.fixture(scope="module")
def binary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("binary")
    write_binary(folder)
    yield folder
    shutil.rmtree(folder)  # 184 MB


@pytest.fixture(scope="module")
def pickled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pickled")
    write_pickled(folder)
    yield folder
    shutil.rmtree(folder)  # 184 MB


@pytest.fixture(params=["binary", "pickled"])
def either_form(request):
    return request.getfixturevalue(request.param)


def link_files(folder, datasets):
    """Make a copy, by links, whose files a test may remove or replace."""
    copy = datasets / folder.name
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).symlink_to(path)
    return copy


@pytest.fixture
def broken(binary, tmp_path):
    """A data set that the test will break."""
    return link_files(binary / "cifar-10-batches-bin", tmp_path).parent


# --- which rows


def test_the_splits_are_the_first_the_next_and_the_first_test_images(either_form):
    data = load_dataset(3, 2, 4, datasets=either_form)
    for X, y, rows in (
        (data.X_train, data.y_train, range(3)),
        (data.X_val, data.y_val, range(3, 5)),
        (data.X_test, data.y_test, range(TEST, TEST + 4)),
    ):
        np.testing.assert_array_equal(X, images(rows))
        np.testing.assert_array_equal(y, labels(rows))


@pytest.mark.parametrize(
    ("num_training", "num_validation"),
    [(BATCH, 5), (BATCH - 2, 5), (2 * BATCH + 3, 1), (5 * BATCH - 4, 4), (5 * BATCH, 0)],
)
def test_rows_are_right_across_the_files(binary, num_training, num_validation):
    data = load_dataset(num_training, num_validation, datasets=binary)
    rows = [row for row in EDGES if row < num_training]
    np.testing.assert_array_equal(data.X_train[rows], images(rows))
    np.testing.assert_array_equal(data.y_train[rows], labels(rows))
    assert (len(data.X_train), len(data.X_val)) == (num_training, num_validation)
    if num_validation:
        rows = range(num_training, num_training + num_validation)
        np.testing.assert_array_equal(data.X_val, images(rows))
        np.testing.assert_array_equal(data.y_val, labels(rows))


@pytest.mark.parametrize("choice", ["cifar10", "shapes10"])
def test_types_and_shapes(binary, monkeypatch, choice):
    monkeypatch.setenv("CS231N_DATASET", choice)
    data = load_dataset(20, 0, 10, datasets=binary)
    for X, y, count in zip(
        (data.X_train, data.X_val, data.X_test),
        (data.y_train, data.y_val, data.y_test),
        (20, 0, 10),
        strict=True,
    ):
        assert (X.shape, X.dtype, type(X)) == ((count, 32, 32, 3), np.uint8, np.ndarray)
        assert (y.shape, y.dtype) == ((count,), np.int64)
        assert not X.flags.writeable
    assert len(data.class_names) == 10


def test_the_images_of_a_binary_file_are_the_mapped_file(binary):
    assert isinstance(innermost_base(load_dataset(BATCH, datasets=binary).X_train), np.memmap)


def test_of_the_pickled_form_only_the_files_that_are_needed_are_read(pickled, tmp_path):
    folder = link_files(pickled / "cifar-10-batches-py", tmp_path)
    for name in FILES[1:]:
        (folder / name).unlink()
        (folder / name).write_bytes(b"never read")
    data = load_dataset(BATCH, datasets=tmp_path)
    np.testing.assert_array_equal(data.X_train[-5:], images(range(BATCH - 5, BATCH)))


def innermost_base(array):
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


# --- which data set


def test_it_says_what_it_loaded(binary, capsys):
    assert load_dataset(5000, 0, 500, datasets=binary).name == "CIFAR-10"
    folder = (binary / "cifar-10-batches-bin").as_posix()
    assert capsys.readouterr().out == f"CIFAR-10 from {folder}: 5,000 training, 500 test images\n"


def test_without_cifar10_the_stand_in_is_given_and_named(tmp_path, capsys):
    data = load_dataset(30, 20, 10, datasets=tmp_path)
    shapes, kinds = shapes10.generate("train", 50)
    assert (data.name, data.class_names) == ("shapes10", shapes10.CLASS_NAMES)
    np.testing.assert_array_equal(np.concatenate([data.X_train, data.X_val]), shapes)
    np.testing.assert_array_equal(np.concatenate([data.y_train, data.y_val]), kinds)
    told = capsys.readouterr().out
    assert told.startswith("shapes10, the embedded stand-in (CIFAR-10 is not in ")
    assert told.endswith(
        "./get_datasets.sh fetches it): 30 training, 20 validation, 10 test images\n"
    )


def test_the_binary_form_goes_before_the_pickled_one(binary, pickled, tmp_path, capsys):
    for folder in (binary / "cifar-10-batches-bin", pickled / "cifar-10-batches-py"):
        (tmp_path / folder.name).symlink_to(folder)
    load_dataset(1, datasets=tmp_path)
    assert "cifar-10-batches-bin: 1 training" in capsys.readouterr().out


@pytest.mark.parametrize("choice", ["cifar10", "shapes10"])
def test_the_environment_chooses(binary, monkeypatch, choice):
    monkeypatch.setenv("CS231N_DATASET", choice)
    names = {"cifar10": "CIFAR-10", "shapes10": "shapes10"}
    assert load_dataset(1, datasets=binary).name == names[choice]


def test_another_value_in_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("CS231N_DATASET", "mnist")
    with pytest.raises(ValueError, match="'mnist', expected one of auto, cifar10, shapes10"):
        load_dataset(1)


def test_cifar10_asked_and_not_there_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("CS231N_DATASET", "cifar10")
    with pytest.raises(FileNotFoundError, match=r"not in .*\./get_datasets\.sh fetches it"):
        load_dataset(1, datasets=tmp_path)


def remove(path):
    path.unlink()


def cut(path):
    path.unlink()
    path.write_bytes(b"half")


def replace_by_folder(path):
    path.unlink()
    path.mkdir()


BREAKAGES = {
    "a missing file": (remove, "cifar-10-batches-bin lacks data_batch_1.bin"),
    "a file cut short": (cut, "data_batch_1.bin has 4 bytes, expected 30,730,000"),
    "a folder for a file": (replace_by_folder, "cifar-10-batches-bin lacks data_batch_1.bin"),
}


@pytest.mark.parametrize(("breakage", "words"), BREAKAGES.values(), ids=BREAKAGES.keys())
def test_a_broken_cifar10_is_told_and_passed_over(broken, capsys, breakage, words):
    breakage(broken / "cifar-10-batches-bin" / "data_batch_1.bin")
    assert load_dataset(1, datasets=broken).name == "shapes10"
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(("breakage", "words"), BREAKAGES.values(), ids=BREAKAGES.keys())
def test_a_broken_cifar10_that_was_asked_for_is_an_error(broken, monkeypatch, breakage, words):
    monkeypatch.setenv("CS231N_DATASET", "cifar10")
    breakage(broken / "cifar-10-batches-bin" / "data_batch_1.bin")
    with pytest.raises(FileNotFoundError, match=words):
        load_dataset(1, datasets=broken)


def test_the_pickled_form_steps_in_for_a_broken_binary_one(broken, pickled, capsys):
    (broken / "cifar-10-batches-py").symlink_to(pickled / "cifar-10-batches-py")
    remove(broken / "cifar-10-batches-bin" / "data_batch_1.bin")
    assert load_dataset(1, datasets=broken).name == "CIFAR-10"
    assert "cifar-10-batches-py (" in capsys.readouterr().out


def test_a_pickle_that_wants_more_than_arrays_is_told_and_passed_over(tmp_path, capsys):
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(pickle.dumps({"data": print}))
    assert load_dataset(1, datasets=tmp_path).name == "shapes10"
    assert "data_batch_1 is refused: it asks for builtins.print" in capsys.readouterr().out
    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print"):
        load_CIFAR10(folder)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((49_000, 1001, 0), "50,001 training and validation images, but there are 50,000 in CIFAR"),
        ((1, 0, 10_001), "10,001 test images, but there are 10,000"),
        ((0, 0, 0), "expected at least 1, 0 and 0"),
        ((1, -1, 0), "expected at least 1, 0 and 0"),
    ],
)
def test_more_images_than_there_are_is_an_error(binary, counts, words):
    with pytest.raises(ValueError, match=words):
        load_dataset(*counts, datasets=binary)


def test_more_images_than_the_stand_in_has_is_an_error_that_says_how_to_get_more(tmp_path):
    words = r"asked for 50,000 .* there are 6,000 in shapes10.*\./get_datasets\.sh"
    with pytest.raises(ValueError, match=words):
        get_CIFAR10_data(datasets=tmp_path)


# --- floats


def test_get_cifar10_data_gives_channels_first_floats_less_the_mean_image(either_form):
    data = get_CIFAR10_data(4, 1, 3, datasets=either_form)
    mean = images(range(4)).astype(float).mean(axis=0)
    for name, rows in (
        ("train", range(4)),
        ("val", range(4, 5)),
        ("test", range(TEST, TEST + 3)),
    ):
        X = data[f"X_{name}"]
        assert (X.dtype, X.flags.c_contiguous) == (np.float32, True)
        expected = (images(rows) - mean).transpose(0, 3, 1, 2)
        np.testing.assert_allclose(X, expected, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(data[f"y_{name}"], labels(rows))


def test_get_cifar10_data_can_leave_the_mean_in(binary):
    data = get_CIFAR10_data(5, 0, 0, subtract_mean=False, datasets=binary)
    np.testing.assert_array_equal(data["X_train"], images(range(5)).transpose(0, 3, 1, 2))
    assert data["X_val"].shape == (0, 3, 32, 32)


@pytest.mark.parametrize(("asked", "dtype"), [({}, "float64"), ({"dtype": np.float32}, "float32")])
def test_load_cifar10_gives_everything_as_floats(either_form, asked, dtype):
    (folder,) = either_form.iterdir()
    X_train, y_train, X_test, y_test = load_CIFAR10(str(folder), **asked)
    assert (X_train.shape, X_train.dtype) == ((50_000, 32, 32, 3), dtype)
    assert (X_test.shape, X_test.dtype) == ((10_000, 32, 32, 3), dtype)
    assert X_train.flags.c_contiguous
    np.testing.assert_array_equal(X_train[EDGES], images(EDGES))
    np.testing.assert_array_equal(y_train[EDGES], labels(EDGES))
    np.testing.assert_array_equal(X_test[:5], images(range(TEST, TEST + 5)))
    np.testing.assert_array_equal(y_test[:5], labels(range(TEST, TEST + 5)))


def test_load_cifar10_of_another_folder_says_what_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"lacks data_batch_1\.bin, .*get_datasets\.sh"):
        load_CIFAR10(tmp_path)


# --- the real data, and the costs


MEAN_OF_FIRST_PIXEL = [130.64189796, 135.98173469, 132.47391837]


@real_data
def test_the_known_facts_of_cifar10():
    data = load_dataset(50_000)
    first_pixel = data.X_train[:49_000, 0, 0].mean(axis=0)
    np.testing.assert_allclose(first_pixel, MEAN_OF_FIRST_PIXEL, rtol=0, atol=5e-9)
    means = data.X_train.mean(axis=(0, 1, 2))
    mean_squares = np.square(data.X_train, dtype=np.uint16).mean(axis=(0, 1, 2))
    deviations = np.sqrt(mean_squares - means**2)
    facts = [125.30691805, 122.95039414, 113.86538318], [62.99321928, 62.08870764, 66.70489964]
    np.testing.assert_allclose([means, deviations], facts, rtol=0, atol=1e-8)
    assert np.bincount(data.y_train).tolist() == [5000] * 10
    assert [data.class_names[label] for label in data.y_train[:3]] == ["frog", "truck", "truck"]


@real_data
def test_the_mean_that_is_subtracted_is_that_of_the_training_images():
    data = get_CIFAR10_data(subtract_mean=True)
    assert {key: len(value) for key, value in data.items()} == {
        f"{kind}_{split}": count
        for split, count in zip(SPLITS, (49_000, 1000, 1000), strict=True)
        for kind in "Xy"
    }
    raw = load_dataset(1).X_train[0].transpose(2, 0, 1)
    mean = raw - data["X_train"][0].astype(np.float64)
    np.testing.assert_allclose(mean[:, 0, 0], MEAN_OF_FIRST_PIXEL, rtol=1e-7)


@real_data
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told by /proc")
@pytest.mark.parametrize(
    ("call", "megabytes"), [(ROWS, 400), ("get_CIFAR10_data()", 1600), (ALL, 1700)]
)
def test_loading_keeps_within_its_memory(call, megabytes):
    assert measure(call)[1] < megabytes


def test_nothing_is_imported_that_only_fetching_needs():
    code = "import sys, cs231n.data_utils; sys.exit('pooch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
