"""A hand-in: one zip with what is the learner's, and an honest word on what is missing."""

import json
import os
import re
import time
import zipfile

import pytest

from cs231n.__main__ import main
from cs231n.course.handin import submitting
from cs231n.course.handin.errors import HandInError
from cs231n.course.handin.pages import LONG, page_of
from cs231n.course.handin.releases import record_of
from cs231n.course.handin.submitting import submit
from instructor.assemble import TREE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def cell(name, source, *outputs, tags=(), count=None, kind="code"):
    code = {"outputs": list(outputs), "execution_count": count} if kind == "code" else {}
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source, **code}


def shown(**data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def notebook(*cells):
    form = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps({"cells": list(cells), **form}) + "\n").encode()


ONE = notebook(
    cell("title", "# One\n\nAn *idea*: $x^2$", kind="markdown"),
    cell("a", "assert 1 + 1 == 2", tags=["exercise:adding"]),
    cell("b", "assert 1 * 1 == 2", tags=["exercise:doubling"]),
    cell("c", 'raise NotImplementedError("TODO: halving")', tags=["exercise:halving"]),
)
COURSE = {
    "cs231n/__init__.py": b"",
    "cs231n/layers.py": b"def adding():\n    raise NotImplementedError('TODO: adding')\n",
    "cs231n/solver.py": b"given = 1\n",
    "cs231n/course/battery.py": b"",
    "notebooks/01_one.ipynb": ONE,
}
SOLVED = b"from cs231n.tools import plus\n\n\ndef adding():\n    return plus(1, 1)\n"


def write(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture
def copy(tmp_path):
    """A released copy, with an answer and a helper of a learner's."""
    write(tmp_path / "copy", COURSE | record_of(COURSE))
    return write(tmp_path / "copy", {"cs231n/layers.py": SOLVED, "cs231n/tools.py": b"plus = 1\n"})


@pytest.fixture
def submitted(copy, tmp_path, capsys, monkeypatch):
    """Submits; gives what is in the zip, by name, and what was said."""

    def submit_it(root=copy, page=lambda notebook, title: title):
        monkeypatch.setattr(submitting, "page_of", page)  # the real ones take a second
        out = tmp_path / f"{time.monotonic_ns()}.zip"
        assert submit(out, root) == 0
        with zipfile.ZipFile(out) as archive:
            return {n: archive.read(n) for n in archive.namelist()}, capsys.readouterr().out

    return submit_it


class TestZip:
    def test_it_holds_what_differs_from_the_release_and_the_notebooks(self, submitted):
        files, _ = submitted()
        assert files.keys() == {
            "cs231n/layers.py", "cs231n/tools.py", "notebooks/01_one.ipynb", "html/01_one.html",
            "status.json",
        }  # fmt: skip
        assert files["cs231n/layers.py"] == SOLVED
        assert files["notebooks/01_one.ipynb"] == ONE

    def test_its_status_is_that_of_the_command(self, submitted):
        status = json.loads(submitted()[0]["status.json"])
        verdicts = {each["id"]: each["status"] for each in status["exercises"]}
        assert verdicts == {"adding": "done", "doubling": "wrong", "halving": "todo"}
        assert status["exercises"][0].keys() == {
            "id", "notebook", "status", "file", "line", "message",
        }  # fmt: skip
        assert re.match(r"0\+[0-9a-f]{8}", status["version"])
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]", status["time"])

    def test_without_a_record_the_whole_package_comes_along(self, submitted, copy):
        (copy / "cs231n/course/handin/release.json").unlink()
        files, said = submitted()
        assert {"cs231n/solver.py", "cs231n/layers.py"} <= files.keys()
        assert not [name for name in files if name.startswith("cs231n/course")]
        assert "given code among them" in said
        assert json.loads(files["status.json"])["version"] is None

    def test_line_ends_that_git_turned_are_no_difference(self, submitted, copy):
        write(copy, {"cs231n/layers.py": COURSE["cs231n/layers.py"].replace(b"\n", b"\r\n")})
        assert "cs231n/layers.py" not in submitted()[0]

    def test_what_tools_leave_stays_behind(self, submitted, copy):
        left = ("cs231n/__pycache__/a.pyc", "cs231n/.layers.py.swp", "cs231n/layers.py~",
                "notebooks/.ipynb_checkpoints/01_one-checkpoint.ipynb",
                "cs231n/.ipynb_checkpoints/layers-checkpoint.py")  # fmt: skip
        write(copy, dict.fromkeys(left, b""))
        assert len(submitted()[0]) == 5

    def test_names_are_unicode_with_slashes(self, submitted, copy):
        write(copy, {"cs231n/mein größter.py": b"", "notebooks/äöü ≠.ipynb": ONE})
        names = submitted()[0].keys()
        assert {"cs231n/mein größter.py", "notebooks/äöü ≠.ipynb", "html/äöü ≠.html"} <= names

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
    @pytest.mark.parametrize("name", ["a\\b.py", "a\nb.py", "a:b.py", os.fsdecode(b"\xff.py")])
    def test_names_that_not_every_system_reads_are_told(self, submitted, copy, name):
        write(copy, {f"cs231n/{name}": b""})
        files, said = submitted()
        assert len(files) == 5
        assert "not every system can read" in said

    @pytest.mark.skipif(os.name == "nt", reason="links need a right there")
    def test_links_that_lead_out_are_told(self, submitted, copy, tmp_path):
        (tmp_path / "secret.txt").write_text("secret")
        (copy / "cs231n/secret.py").symlink_to(tmp_path / "secret.txt")
        (copy / "cs231n/folder").symlink_to(tmp_path)
        (copy / "cs231n/within.py").symlink_to(copy / "cs231n/tools.py")
        files, said = submitted()
        assert "cs231n/secret.py is a link to somewhere else" in said
        assert "cs231n/folder is a linked folder" in said
        assert files["cs231n/within.py"] == b"plus = 1\n"
        assert len(files) == 6


class TestMissing:
    def test_what_is_to_do_or_wrong_or_not_run_is_told(self, submitted):
        _, said = submitted()
        assert "1 done, 1 wrong, 1 todo" in said
        assert "01_one: 1 of 3 exercises are todo" in said
        assert "01_one: doubling is wrong" in said
        assert "01_one.ipynb was never run" in said
        assert "Nothing was sent anywhere" in said

    def test_cells_that_were_not_run(self, submitted, copy):
        cells = [cell("a", "1", count=1), cell("b", "2"), cell("d", "", count=None),
                 cell("c", "demo", tags=["nbval-skip"])]  # fmt: skip
        write(copy, {"notebooks/01_one.ipynb": notebook(*cells)})
        assert "01_one.ipynb has 1 of 2 code cells that were not run" in submitted()[1]

    def test_a_run_before_the_last_change_of_the_code(self, submitted, copy):
        run = json.loads(ONE)
        for each in run["cells"][1:]:
            each["execution_count"] = 1
        write(copy, {"notebooks/01_one.ipynb": json.dumps(run).encode()})
        os.utime(copy / "cs231n/layers.py", (2e9, 2e9))
        assert "saved before the last change of cs231n/layers.py: run it again" in submitted()[1]
        os.utime(copy / "notebooks/01_one.ipynb", (2e9 + 1, 2e9 + 1))
        assert "run it again" not in submitted()[1]

    def test_a_check_that_was_changed(self, submitted, copy):
        write(copy, {"notebooks/01_one.ipynb": ONE.replace(b"1 * 1 == 2", b"True")})
        _, said = submitted()
        assert "01_one.ipynb: the check of doubling is not the course's" in said

    def test_a_notebook_that_is_gone(self, submitted, copy):
        (copy / "notebooks/01_one.ipynb").unlink()
        files, said = submitted()
        assert "01_one.ipynb is not there" in said
        assert json.loads(files["status.json"])["exercises"] == []

    def test_a_file_that_is_no_python(self, submitted, copy):
        write(copy, {"cs231n/layers.py": b"def adding():\n    return 1 +\n"})
        files, said = submitted()
        assert "cs231n/layers.py, line 2 is no Python: invalid syntax" in said
        assert "cs231n/layers.py" in files

    @pytest.mark.parametrize("data", [b"", b"<<<<<<< HEAD", b"[]", b'{"cells": 3}', b"\xff\xfe"])
    def test_a_file_that_is_no_notebook(self, submitted, copy, data):
        write(copy, {"notebooks/01_one.ipynb": data})
        files, said = submitted()
        assert files["notebooks/01_one.ipynb"] == data
        assert "01_one.ipynb: " in said
        assert "html/01_one.html" not in files

    def test_a_module_that_lies_outside_of_the_package(self, submitted, copy):
        write(copy, {"my_tools.py": b"", "cs231n/layers.py": b"import my_tools\n"})
        assert "imports my_tools.py, which is not in it: move it to cs231n/" in submitted()[1]


class TestPlace:
    def test_a_file_that_is_there_is_never_replaced(self, copy, tmp_path):
        (tmp_path / "mine.zip").write_text("precious")
        with pytest.raises(HandInError, match="is there already"):
            submit(tmp_path / "mine.zip", copy)
        assert (tmp_path / "mine.zip").read_text() == "precious"

    def test_its_own_name_is_a_new_one_each_time(self, copy, tmp_path, monkeypatch):
        monkeypatch.setattr(submitting, "_pages", lambda notebooks: ({}, []))
        (tmp_path / "out").mkdir()
        monkeypatch.chdir(tmp_path / "out")
        for _ in range(3):
            submit(None, copy)
        names = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert len(names) == 3
        assert all(
            re.match(r"submission-\d{4}-\d\d-\d\d-\d{4}(-\d)?\.zip$", name) for name in names
        )

    @pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_cannot_be_written_is_told(self, copy, tmp_path):
        (tmp_path / "closed").mkdir(mode=0o500)
        with pytest.raises(HandInError, match="Permission denied"):
            submit(tmp_path / "closed/a.zip", copy)

    def test_a_disk_that_refuses_is_told_and_nothing_is_left(self, copy, tmp_path, monkeypatch):
        def full(*args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
        with pytest.raises(HandInError, match="No space left on device"):
            submit(tmp_path / "a.zip", copy)
        assert [path.name for path in tmp_path.iterdir()] == ["copy"]

    def test_a_folder_that_is_not_there_is_told(self, tmp_path, capsys):
        assert main(["submit", "--out", str(tmp_path / "none/a.zip")]) == 1
        assert "There is no folder" in capsys.readouterr().err

    def test_ctrl_c_leaves_nothing_behind(self, copy, tmp_path, monkeypatch):
        def interrupted(*args):
            raise KeyboardInterrupt

        before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        monkeypatch.setattr(submitting, "run_checks", interrupted)
        with pytest.raises(KeyboardInterrupt):
            submit(tmp_path / "a.zip", copy)
        assert [path.name for path in tmp_path.iterdir()] == ["copy"]
        assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before


class TestPages:
    def test_each_notebook_has_one(self, submitted):
        page = submitted(page=page_of)[0]["html/01_one.html"].decode()
        assert "An <em>idea</em>" in page

    def page(self, *cells):
        return page_of(json.loads(notebook(*cells)), "one")

    def test_texts_code_outputs_and_pictures_are_there(self):
        page = self.page(
            cell("t", "# A title\n\n<details><summary>Why?</summary>\n\nSo.\n\n</details>",
                 kind="markdown"),
            cell("c", "answer = 42", printed("forty-two\n"), shown(**{"image/png": PIXEL})),
        )  # fmt: skip
        assert "A title" in page
        assert "<summary>Why?</summary>" in page
        assert "answer" in page
        assert "forty-two" in page
        assert f"data:image/png;base64,{PIXEL}" in page

    def test_nothing_comes_from_the_network_and_nothing_runs(self):
        page = self.page(
            cell("a", "1", shown(**{"text/html": "<script>alert(1)</script><b>bold</b>"})),
            cell("b", "1", shown(**{"application/javascript": "alert(2)", "text/plain": "plain"})),
        )
        assert "alert(" not in page
        assert "<script" not in page
        assert "<b>bold</b>" in page
        assert "plain" in page
        assert "default-src 'none'" in page
        assert not re.search(r"(?:src|href)=[\"']https?:", page)

    def test_endless_outputs_are_cut(self):
        page = self.page(cell("a", "1", printed("x" * 5_000_000)))
        assert "more characters: see the notebook" in page
        assert "x" * LONG in page
        assert len(page) < 1_000_000

    def test_a_notebook_of_an_older_form_has_one_too(self):
        old = json.loads(notebook(cell("a", "1 + 1")))
        del old["cells"][0]["id"]
        assert "+" in page_of(old | {"nbformat_minor": 2}, "old")

    def test_cells_that_are_none_are_told(self):
        with pytest.raises(ValueError, match="Error"):
            self.page({"cell_type": "code", "source": "1"})


def test_this_checkout_can_be_handed_in_too(submitted, monkeypatch):
    monkeypatch.setattr(submitting, "run_checks", lambda cells, root: [])
    files, _ = submitted(TREE)
    assert {"cs231n/layers/affine.py", "notebooks/01_knn.ipynb", "html/01_knn.html"} <= files.keys()
    assert not [name for name in files if "__pycache__" in name or name.startswith("instructor")]
