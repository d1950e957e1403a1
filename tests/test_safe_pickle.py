"""The older, pickled CIFAR-10: read as it is, and refused when it is anything more."""

import os
import pickle
import struct
import subprocess

import numpy as np
import pytest

from cs231n.course.data.safe_pickle import load_batch

PIXELS = np.random.RandomState(1).randint(0, 256, (10_000, 3072)).astype(np.uint8)
LABELS = np.random.RandomState(2).randint(0, 10, 10_000).tolist()


# --- as Python 2 wrote the official files, opcode by opcode


def py2_str(data):
    """SHORT_BINSTRING or BINSTRING: Python 2's str, which is bytes."""
    if len(data) < 256:
        return b"U" + bytes([len(data)]) + data
    return b"T" + struct.pack("<i", len(data)) + data


def py2_int(number):
    return b"M" + struct.pack("<H", number)  # BININT2


DTYPE = (
    b"cnumpy\ndtype\n(" + py2_str(b"u1") + b"K\x00K\x01tR"  # dtype("u1", 0, 1)
    b"(K\x03" + py2_str(b"|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"  # its state
)
RECONSTRUCT = b"cnumpy.core.multiarray\n_reconstruct\n"


def py2_array(pixels, *, reconstruct=RECONSTRUCT, kind=b"cnumpy\nndarray\n", dtype=DTYPE):
    empty = reconstruct + b"(" + kind + b"K\x00\x85" + py2_str(b"b") + b"tR"
    shape = py2_int(pixels.shape[0]) + py2_int(pixels.shape[1]) + b"\x86"
    return empty + b"(K\x01" + shape + dtype + b"\x89" + py2_str(pixels.tobytes()) + b"tb"


def py2_batch(data, labels=LABELS):
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    entries = [(b"batch_label", py2_str(b"training batch 1 of 5")), (b"labels", numbers)]
    entries += [(b"data", data), (b"filenames", b"](" + py2_str(b"leptodactylus.png") + b"e")]
    items = b"".join(py2_str(key) + value for key, value in entries)
    return b"\x80\x02}(" + items + b"u."


@pytest.fixture
def batch_file(tmp_path):
    def write(content):
        path = tmp_path / "data_batch_1"
        path.write_bytes(content)
        return path

    return write


def assert_refused(path, *words):
    with pytest.raises(pickle.UnpicklingError) as refusal:
        load_batch(path)
    for word in (str(path), *words):
        assert word in str(refusal.value)


# --- what is read


def assert_is_the_batch(path):
    pixels, labels = load_batch(path)
    assert pixels.dtype == np.uint8
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(pixels, PIXELS)
    np.testing.assert_array_equal(labels, LABELS)


def test_a_batch_as_python_2_wrote_it(batch_file):
    assert_is_the_batch(batch_file(py2_batch(py2_array(PIXELS))))


@pytest.mark.parametrize("protocol", [2, 4])
@pytest.mark.parametrize("keys", [str, str.encode], ids=["text keys", "bytes keys"])
def test_a_batch_as_python_3_writes_it(batch_file, protocol, keys):
    content = {keys("data"): PIXELS, keys("labels"): LABELS, keys("filenames"): ["a.png"]}
    assert_is_the_batch(batch_file(pickle.dumps(content, protocol)))


def test_the_test_pickle_is_one_that_the_plain_unpickler_reads():
    """Else the tests here might refuse a file for being no pickle at all."""
    batch = pickle.loads(py2_batch(py2_array(PIXELS)), encoding="latin1")
    np.testing.assert_array_equal(batch["data"], PIXELS)


# --- what is refused


class Call:
    """Pickles as a call of `function`."""

    def __init__(self, function, *arguments):
        self.what = function, arguments

    def __reduce__(self):
        return self.what


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (Call(os.system, "touch owned"), ".system"),
        (Call(eval, "1"), ".eval"),
        (Call(subprocess.Popen, ["touch", "owned"]), ".Popen"),
        (Call(getattr, "a", "b"), ".getattr"),
        (Call(np.fromfile, "/etc/hostname"), ".fromfile"),
        (Call(np.load, "x.npy"), ".load"),
        (Call(pickle.loads, b""), ".loads"),
        (Call(bytearray, 10), ".bytearray"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("protocol", [2, 4])
def test_a_call_is_refused_by_name_and_not_made(
    batch_file, tmp_path, monkeypatch, call, name, protocol
):
    monkeypatch.chdir(tmp_path)
    assert_refused(batch_file(pickle.dumps({"data": call}, protocol)), "asks for", name)
    assert not (tmp_path / "owned").exists()


SMALL = np.zeros((2, 2), np.uint8)
TRICKS = {
    "an array of another class": (
        py2_array(SMALL, kind=b"cnumpy\nmatrix\n"),
        "numpy.matrix",
    ),
    "an array that is a type of bytes": (py2_array(SMALL, kind=b"cnumpy\ndtype\n"), "an array"),
    "an array of objects": (
        py2_array(SMALL, dtype=DTYPE.replace(b"U\x02u1", b"U\x02O8")),
        "'O8', not of bytes",
    ),
    "an array of doubles": (
        py2_array(SMALL, dtype=DTYPE.replace(b"U\x02u1", b"U\x02f8")),
        "'f8', not of bytes",
    ),
    "an array with a text for its type": (py2_array(SMALL, dtype=py2_str(b"u1")), "an array"),
    "an array of another shape": (py2_array(SMALL), "an array (2, 2), not (10000, 3072)"),
    "an array with too few bytes": (
        py2_array(SMALL).replace(py2_int(2) * 2, py2_int(10_000) + py2_int(3072)),
        "reshape",
    ),
    "an array that was never filled": (
        RECONSTRUCT + b"(cnumpy\nndarray\nK\x00\x85U\x01btR",
        "pixels",
    ),
    "an array made by new": (b"cnumpy\nndarray\n)\x81", "pixels"),
    "an attribute set on the maker": (
        RECONSTRUCT + b"N}U\x08__code__Ns\x86b",
        "",
    ),
    "an attribute set on the class": (b"cnumpy\nndarray\n}U\x01xNsb", ""),
    "another encoding": (b"c_codecs\nencode\nU\x01xU\x05rot13\x86R", "'rot13', not latin1"),
    "an extension": (b"\x82\x01", "extension"),
    "a persistent object": (b"U\x01xQ", "persistent"),
    "a number": (b"K\x01", "its data is no array"),
    "a list": (b"]", "its data is no array"),
}


@pytest.mark.parametrize(("data", "words"), TRICKS.values(), ids=TRICKS.keys())
def test_a_tricky_array_is_refused(batch_file, data, words):
    assert_refused(batch_file(py2_batch(data)), words)


@pytest.mark.parametrize(
    "labels",
    [LABELS[:-1], [*LABELS[:-1], 10], []],
    ids=["too few", "out of range", "none"],
)
def test_labels_that_are_not_right_are_refused(batch_file, labels):
    content = py2_batch(py2_array(PIXELS), labels)
    assert_refused(batch_file(content), "not 10000 numbers from 0 to 9")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "refused"),
        (b"not a pickle", "refused"),
        (py2_batch(py2_array(SMALL))[:-60], "refused"),
        (pickle.dumps([1, 2]), "it holds no dict"),
        (pickle.dumps({"labels": LABELS}), "it has no 'data'"),
        (b"\x80\x02" + b"(" * 1000 + b".", "refused"),
        (bytes((64 << 20) + 1), "larger than a CIFAR-10 batch"),
    ],
    ids=["empty", "garbage", "cut short", "no dict", "no data", "marks only", "too large"],
)
def test_a_file_that_is_no_batch_is_refused(batch_file, content, words):
    assert_refused(batch_file(content), words)


def test_a_file_that_is_not_there_is_a_plain_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_batch(tmp_path / "nowhere")
