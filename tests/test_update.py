"""Taking a newer course into a copy that somebody works in: the course's is new, theirs stays."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_copies import BODY, LAYERS, ODD

from cs231n.__main__ import main
from cs231n.course.handin import journal
from cs231n.course.handin.errors import HandInError
from cs231n.course.handin.modules import Versions, merge_module, read_units
from cs231n.course.handin.notebooks import merge_notebook
from cs231n.course.handin.releases import RECORD, TEXTS, digest, record_of, release_of
from cs231n.course.handin.sources import read_course
from cs231n.course.handin.units import units_of
from cs231n.course.handin.updating import update
from instructor.assemble import TREE

NEW_LAYERS = (
    LAYERS.replace('"""x times w."""', '"""x times w, for arrays of any shape."""')
    .replace("# TODO: a product.", "# TODO: one product will do.")
    .replace("return HALF * x", "return HALF * np.asarray(x)")
    .replace('"""The loss."""', '"""The loss, a number."""')
    .replace("import numpy as np", "import math\n\nimport numpy as np")
    + '\n\ndef backward(x):\n    # TODO: new.\n    raise NotImplementedError("TODO: backward")\n'
)
SOLVED = LAYERS.replace('    # TODO: a product.\n    raise NotImplementedError("TODO: forward")',
                        "    # Mine.\n    return x * w").replace(
    '        # TODO: a sum.\n        raise NotImplementedError("TODO: Net.loss")',
    "        return sum(x)")  # fmt: skip


def cell(name, source, kind="code", **more):
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": [source], **outputs, **more}


def notebook(*cells, **metadata):
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def as_bytes(notebook):
    return (json.dumps(notebook, indent=1) + "\n").encode()


SHOWN = {"outputs": [{"output_type": "stream", "name": "stdout", "text": ["42\n"]}],
         "execution_count": 7}  # fmt: skip
OLD_NOTEBOOK = notebook(
    cell("title", "# One", "markdown"), cell("first", "1"), cell("second", "2"), cell("out", "0")
)
NEW_NOTEBOOK = notebook(
    cell("title", "# One, better", "markdown"), cell("first", "1"), cell("second", "2 + 2"),
    cell("third", "3"),
)  # fmt: skip

OLD = {
    "README.md": b"old\n",
    "pyproject.toml": b'version = "1.0"\n',
    "cs231n/__init__.py": b'"""The package."""\n',
    "cs231n/course/__init__.py": b"",
    "cs231n/course/gone.py": b"old\n",
    "cs231n/course/battery.py": b"old = 1\n",
    "cs231n/layers.py": LAYERS.encode(),
    "notebooks/01_one.ipynb": as_bytes(OLD_NOTEBOOK),
}
NEW = {path: data for path, data in OLD.items() if path != "cs231n/course/gone.py"} | {
    "README.md": b"new\n",
    "pyproject.toml": b'version = "1.1"\n',
    "cs231n/course/battery.py": b"new = 1\n",
    "cs231n/course/more.py": b"more = 1\n",
    "cs231n/layers.py": NEW_LAYERS.encode(),
    "notebooks/01_one.ipynb": as_bytes(NEW_NOTEBOOK),
    "notebooks/02_two.ipynb": as_bytes(notebook(cell("a", "1"))),
}


def write(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def released(folder, files):
    return write(folder, files | record_of(files))


def snapshot(folder):
    """All files but those that an update works with, by path."""
    own = (".update", "before_update")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(own)
    }


def kept(folder):
    """What stands in the last folder below before_update/, by path."""
    last = sorted((folder / "before_update").iterdir())[-1]
    return {p.relative_to(last).as_posix(): p.read_bytes() for p in last.rglob("*") if p.is_file()}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch):
    """A kill loses nothing that was written; a power cut, against which files are synced, might."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def mine(tmp_path):
    return released(tmp_path / "mine", OLD)


@pytest.fixture
def newer(tmp_path):
    return released(tmp_path / "newer", NEW)


class TestCourse:
    def test_an_untouched_copy_becomes_the_new_course(self, mine, newer):
        assert update(newer, root=mine) == 0
        assert snapshot(mine) == snapshot(newer)

    def test_what_changed_is_said(self, mine, newer, capsys):
        update(newer, root=mine)
        said = capsys.readouterr().out
        assert "From 1.0+" in said
        assert "to 1.1+" in said
        assert "new:\n  cs231n/course/more.py\n  notebooks/02_two.ipynb\n" in said
        assert "removed:\n  cs231n/course/gone.py\n" in said

    def test_the_same_version_is_nothing_new(self, mine, newer, capsys):
        update(newer, root=mine)
        before = snapshot(mine)
        capsys.readouterr()
        assert update(newer, root=mine) == 0
        assert "Nothing new: this is 1.1+" in capsys.readouterr().out
        assert snapshot(mine) == before

    def test_a_dry_run_changes_nothing(self, mine, newer, capsys):
        before = snapshot(mine)
        update(newer, dry_run=True, root=mine)
        assert "dry run" in capsys.readouterr().out
        assert snapshot(mine) == before
        assert not (mine / "before_update").exists()

    def test_what_stood_there_is_kept(self, mine, newer):
        write(mine, {"README.md": "my notes"})
        update(newer, root=mine)
        assert (mine / "README.md").read_bytes() == b"new\n"
        assert kept(mine)["README.md"] == b"my notes"
        assert kept(mine)["cs231n/course/gone.py"] == b"old\n"

    def test_a_file_that_the_course_left_as_it_was_stays_theirs(self, mine, newer):
        write(mine, {"cs231n/__init__.py": "VERSION = 1\n"})
        update(newer, root=mine)
        assert (mine / "cs231n/__init__.py").read_text() == "VERSION = 1\n"

    def test_own_files_stay(self, mine, newer):
        own = {"cs231n/my_tools.py": b"a = 1\n", "notebooks/mine.ipynb": b"{}", "todo.txt": b"x"}
        write(mine, own)
        update(newer, root=mine)
        assert own.items() <= snapshot(mine).items()

    def test_a_changed_file_that_the_course_removes_stays(self, mine, newer, capsys):
        write(mine, {"cs231n/course/gone.py": "mine\n"})
        update(newer, root=mine)
        assert (mine / "cs231n/course/gone.py").read_text() == "mine\n"
        assert "gone.py: the course has it no more; yours stays" in capsys.readouterr().out

    def test_a_deleted_file_comes_back(self, mine, newer):
        (mine / "cs231n/layers.py").unlink()
        shutil.rmtree(mine / "cs231n/course")
        update(newer, root=mine)
        assert snapshot(mine).keys() >= NEW.keys()

    def test_a_folder_in_the_place_of_a_file_is_told(self, mine, newer, capsys):
        (mine / "README.md").unlink()
        (mine / "README.md").mkdir()
        assert update(newer, root=mine) == 1
        assert "README.md: a folder or file of yours is in its place" in capsys.readouterr().out
        assert release_of(mine).version.startswith("1.0+")  # the next update tries again


class TestAnswers:
    @pytest.fixture
    def updated(self, mine, newer, capsys):
        def update_it(text, files=None):
            write(mine, {"cs231n/layers.py": text})
            source = released(newer.parent / "other", files) if files else newer
            update(source, root=mine)
            return (mine / "cs231n/layers.py").read_text(encoding="utf-8"), capsys.readouterr().out

        return update_it

    def test_bodies_stay_and_all_else_is_new(self, updated):
        text, _ = updated(SOLVED)
        body = '\n    # TODO: one product will do.\n    raise NotImplementedError("TODO: forward")'
        loss = '        # TODO: a sum.\n        raise NotImplementedError("TODO: Net.loss")'
        assert text == NEW_LAYERS.replace(body, "\n    # Mine.\n    return x * w").replace(
            loss, "        return sum(x)"
        )

    def test_it_is_said_whose_they_are(self, updated):
        assert "cs231n/layers.py: forward, Net.loss" in updated(SOLVED)[1]

    def test_a_new_signature_is_told_with_file_and_line(self, updated):
        changed = NEW_LAYERS.replace("def forward(x, w):", "def forward(x, w, b=0):")
        text, said = updated(SOLVED, NEW | {"cs231n/layers.py": changed.encode()})
        assert "def forward(x, w, b=0):" in text
        assert "layers.py, line 8: forward takes (x, w, b=0) now; yours took (x, w)" in said

    def test_an_exercise_that_is_gone_stays_and_is_told(self, updated):
        changed = NEW_LAYERS.replace("def forward", "def ahead").replace(
            "TODO: forward", "TODO: ahead"
        )
        text, said = updated(SOLVED, NEW | {"cs231n/layers.py": changed.encode()})
        assert "return x * w" in text
        assert 'NotImplementedError("TODO: ahead")' in text
        assert "line 8: forward is no exercise of the course any more: yours stays" in said

    def test_an_answer_follows_its_exercise_into_another_module(self, updated, mine):
        start, end = NEW_LAYERS.index("def forward"), NEW_LAYERS.index("def given")
        files = NEW | {
            "cs231n/layers.py": (NEW_LAYERS[:start] + NEW_LAYERS[end:]).encode(),
            "cs231n/affine.py": ('"""Affine."""\n\n\n' + NEW_LAYERS[start:end].rstrip()).encode(),
        }
        text = SOLVED.replace("return x * w", "return np.array(_helped(x) * w)").replace(
            "HALF = 0.5\n", "HALF = 0.5\n\n\ndef _helped(x):\n    return TWICE * x\n\n\nTWICE = 2\n"
        )
        _, said = updated(text, files)
        there = {}
        exec((mine / "cs231n/affine.py").read_text(), there)
        assert there["forward"](3, 2) == 12
        assert "forward stands in cs231n/affine.py now, and your answer with it" in said

    def test_what_the_course_gives_now_stays_theirs(self, updated):
        changed = NEW_LAYERS.replace(
            '    # TODO: one product will do.\n    raise NotImplementedError("TODO: forward")',
            "    return w * x",
        )
        text, said = updated(SOLVED, NEW | {"cs231n/layers.py": changed.encode()})
        assert "return x * w" in text
        assert "the course gives forward now: yours stays" in said

    def test_given_code_that_both_changed_is_the_courses_and_told(self, updated, mine):
        mine_text = LAYERS.replace("return HALF * x", "return x / 2")
        text, said = updated(mine_text)
        assert "return HALF * np.asarray(x)" in text
        assert "line 14: you and the course have both changed given" in said
        assert kept(mine)["cs231n/layers.py"].decode() == mine_text

    def test_given_code_that_they_changed_alone_stays(self, updated):
        text, _ = updated(LAYERS.replace('return "net"', 'return "my net"'))
        assert 'return "my net"' in text

    def test_an_import_that_an_answer_needs_stays(self, updated):
        new = NEW_LAYERS.replace("import numpy as np\n", "").replace("np.asarray(x)", "x")
        text, _ = updated(
            SOLVED.replace("x * w", "np.dot(x, w)"), NEW | {"cs231n/layers.py": new.encode()}
        )
        assert "import numpy as np" in text

    def test_a_name_that_the_course_has_only_now_stays_theirs(self, updated):
        new = NEW_LAYERS + "\n\ndef helper(x):\n    return x\n"
        text, said = updated(
            LAYERS + "\n\ndef helper(y):\n    return 2 * y\n",
            NEW | {"cs231n/layers.py": new.encode()},
        )
        assert "return 2 * y" in text
        assert "the course has helper now, too: yours stays" in said

    def test_a_broken_file_is_left_until_it_is_mended(self, mine, newer, capsys):
        write(mine, {"cs231n/layers.py": SOLVED.replace("return x * w", "return x *")})
        assert update(newer, root=mine) == 1
        assert "layers.py: it is no Python yet, line 11" in capsys.readouterr().out
        assert b"return x *\n" in (mine / "cs231n/layers.py").read_bytes()
        assert (mine / "README.md").read_bytes() == b"new\n"
        write(mine, {"cs231n/layers.py": SOLVED})
        assert update(newer, root=mine) == 0
        text = (mine / "cs231n/layers.py").read_text()
        assert "return x * w" in text
        assert "for arrays of any shape" in text

    def test_a_second_call_changes_nothing(self, mine, newer):
        write(mine, {"cs231n/layers.py": SOLVED})
        update(newer, root=mine)
        before = snapshot(mine)
        assert update(newer, root=mine) == 0
        assert snapshot(mine) == before

    def test_without_a_record_bodies_stay_too(self, mine, newer, capsys):
        (mine / RECORD).unlink()
        write(mine, {"cs231n/layers.py": SOLVED + "\n\ndef helper():\n    return 1\n"})
        update(newer, root=mine)
        text = (mine / "cs231n/layers.py").read_text()
        assert "return x * w" in text
        assert "def helper():" in text
        assert "HALF * np.asarray(x)" in text
        assert "no record" in capsys.readouterr().out


# Without a record, what differs in given code is the course's.
GIVEN_CHANGED = {"a constant that both know", "another base"}


class TestOddCopies:
    @pytest.mark.parametrize("name", ODD)
    def test_an_answer_works_as_before(self, mine, newer, name):
        assert forward_of(ODD[name])(3, 2) == 6
        write(mine, {"cs231n/layers.py": ODD[name]})
        assert update(newer, root=mine) == 0
        text = (mine / "cs231n/layers.py").read_text(encoding="utf-8")
        assert forward_of(text)(3, 2) == 6
        assert "The loss, a number." in text
        assert kept(mine)["cs231n/layers.py"].decode() == ODD[name]

    @pytest.mark.parametrize("name", sorted(ODD.keys() - GIVEN_CHANGED))
    def test_so_it_does_without_a_record(self, name):
        mine, new = read_units(ODD[name], "a.py"), read_units(NEW_LAYERS, "a.py")
        text, _ = merge_module(Versions(None, mine, new), "a.py")
        assert forward_of(text)(3, 2) == 6

    @pytest.mark.parametrize("form", [b"\xef\xbb\xbf%s", b"%s\r\n"], ids=["BOM", "CRLF"])
    def test_the_form_of_a_file_stays(self, mine, newer, form):
        data = form % SOLVED.rstrip().encode()
        data = data.replace(b"\n", b"\r\n").replace(b"\r\r", b"\r") if b"\r" in form else data
        write(mine, {"cs231n/layers.py": data})
        update(newer, root=mine)
        now = (mine / "cs231n/layers.py").read_bytes()
        assert b"return x * w" in now
        assert b"a number" in now
        assert now.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
        assert (now.count(b"\r\n") == now.count(b"\n")) == (b"\r" in form)

    def test_a_copy_whose_line_ends_git_turned_is_untouched(self, mine, newer):
        for path in OLD:
            (mine / path).write_bytes(OLD[path].replace(b"\n", b"\r\n"))
        update(newer, root=mine)
        now, then = snapshot(mine), snapshot(newer)
        assert {p: digest(data) for p, data in now.items()} == {
            p: digest(d) for p, d in then.items()
        }

    def test_an_async_answer_stays_as_it_is(self, mine, newer):
        text = LAYERS.replace("def forward", "async def forward").replace(BODY, "    return x * w")
        write(mine, {"cs231n/layers.py": text})
        update(newer, root=mine)
        assert "return x * w" in (mine / "cs231n/layers.py").read_text()

    def test_notes_in_a_todo_stay(self, mine, newer):
        text = LAYERS.replace("# TODO: a product.", "# TODO: a product.\n    # w first? ask!")
        write(mine, {"cs231n/layers.py": text})
        update(newer, root=mine)
        assert "# w first? ask!" in (mine / "cs231n/layers.py").read_text()

    def test_a_body_that_was_deleted_is_theirs_too(self, mine, newer):
        write(mine, {"cs231n/layers.py": LAYERS.replace(BODY, "    # nothing yet")})
        update(newer, root=mine)
        assert "# nothing yet" in (mine / "cs231n/layers.py").read_text()

    def test_a_renamed_folder_stays(self, mine, newer):
        (mine / "cs231n/course").rename(mine / "cs231n/my_course")
        update(newer, root=mine)
        assert (mine / "cs231n/my_course/battery.py").read_bytes() == b"old = 1\n"
        assert (mine / "cs231n/course/battery.py").read_bytes() == b"new = 1\n"


def forward_of(text):
    names = {"__name__": "layers"}
    exec(compile(text, "layers.py", "exec", dont_inherit=True), names)
    return names["forward"]


class TestNotebooks:
    def merged(self, mine, before=OLD_NOTEBOOK):
        result, counts = merge_notebook(before, mine, NEW_NOTEBOOK)
        return result, [(c["id"], "".join(c["source"])) for c in result["cells"]], counts

    def test_outputs_stay_with_cells_that_say_the_same(self):
        mine = notebook(
            *(OLD_NOTEBOOK["cells"][:1]), cell("first", "1") | SHOWN, cell("second", "2") | SHOWN
        )
        result, cells, _ = self.merged(mine)
        assert cells == [
            ("title", "# One, better"),
            ("first", "1"),
            ("second", "2 + 2"),
            ("third", "3"),
        ]
        assert [c["execution_count"] for c in result["cells"][1:]] == [7, None, None]
        assert result["cells"][1]["outputs"] == SHOWN["outputs"]

    def test_added_cells_stay_behind_what_they_followed(self):
        mine = notebook(
            *OLD_NOTEBOOK["cells"][:2],
            cell("a1b2", "mine"),
            cell("c3d4", "more"),
            *OLD_NOTEBOOK["cells"][2:],
        )
        _, cells, counts = self.merged(mine)
        assert [name for name, _ in cells] == ["title", "first", "a1b2", "c3d4", "second", "third"]
        assert counts.added == 2

    def test_a_cell_that_they_edited_alone_is_theirs(self):
        mine = notebook(cell("first", "1 + 1") | SHOWN)
        result, cells, _ = self.merged(mine)
        assert ("first", "1 + 1") in cells
        assert result["cells"][1]["outputs"] == SHOWN["outputs"]

    def test_a_cell_that_both_edited_stands_twice(self):
        mine = notebook(cell("title", "# One\n\nMy answer: 42", "markdown"), cell("second", "22"))
        result, cells, counts = self.merged(mine)
        kinds = {c["id"]: c["cell_type"] for c in result["cells"]}
        assert [name for name, _ in cells] == [
            "title", "title-yours", "first", "second", "second-yours", "third",
        ]  # fmt: skip
        assert kinds["title-yours"] == "markdown"
        assert kinds["second-yours"] == "raw"  # or it would be run
        assert "My answer: 42" in cells[1][1]
        assert counts.both == 2

    def test_an_edited_cell_that_the_course_removed_stays(self):
        assert ("out", "0 + 1") in self.merged(notebook(cell("out", "0 + 1")))[1]
        assert "out" not in dict(self.merged(notebook(cell("out", "0")))[1])

    def test_a_tool_that_drops_ids_does_no_harm(self):
        cells = [{k: v for k, v in c.items() if k != "id"} for c in OLD_NOTEBOOK["cells"]]
        _, now, counts = self.merged(notebook(*cells))
        assert [name for name, _ in now] == ["title", "first", "second", "third"]
        assert counts.added == 0

    def test_their_kernel_stays(self):
        kernel = {"name": "conda-env-x", "display_name": "x", "language": "python"}
        mine = {**OLD_NOTEBOOK, "metadata": {"kernelspec": kernel}}
        assert self.merged(mine)[0]["metadata"]["kernelspec"] == kernel

    def test_without_a_record_the_course_wins_and_added_cells_stay(self):
        mine = notebook(cell("first", "1 + 1"), cell("e5", "mine"))
        _, cells, _ = self.merged(mine, before=None)
        assert cells[1:3] == [("first", "1"), ("e5", "mine")]

    def test_a_file_that_is_no_notebook_is_kept_and_told(self, mine, newer, capsys):
        write(mine, {"notebooks/01_one.ipynb": "<<<<<<< HEAD\n{}"})
        assert update(newer, root=mine) == 0
        assert "01_one.ipynb: it is no notebook" in capsys.readouterr().out
        assert (mine / "notebooks/01_one.ipynb").read_bytes() == as_bytes(NEW_NOTEBOOK)
        assert kept(mine)["notebooks/01_one.ipynb"].startswith(b"<<<<")

    def test_checkpoints_stay_where_they_are(self, mine, newer):
        write(mine, {"notebooks/.ipynb_checkpoints/01_one-checkpoint.ipynb": "{}"})
        update(newer, root=mine)
        assert (mine / "notebooks/.ipynb_checkpoints/01_one-checkpoint.ipynb").read_text() == "{}"


class Killed(BaseException):
    """In the place of a kill: nothing catches it."""


@pytest.fixture
def killing(monkeypatch):
    """killing(n) ends all before the n-th change of the disk; None only counts them."""
    seen = []

    def arm(number):
        seen.clear()

        def guarded(function):
            def call(*args, **kwargs):
                if function is opened and (args[1:] or ("r",))[0] != "wb":
                    return function(*args, **kwargs)
                seen.append(function)
                if len(seen) == number:
                    raise Killed
                return function(*args, **kwargs)

            return call

        opened = Path.open
        for owner, name in ((Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (Path, "open"),
                            (shutil, "rmtree"), (shutil, "copystat")):  # fmt: skip
            monkeypatch.setattr(owner, name, guarded(getattr(owner, name)))
        return seen

    yield arm
    monkeypatch.undo()


class TestKilled:
    def test_at_any_step_nothing_is_lost_and_the_next_call_ends_it(
        self, tmp_path, killing, monkeypatch
    ):
        newer = released(tmp_path / "newer", {p: NEW[p] for p in NEW if "note" not in p})
        theirs = {"cs231n/layers.py": SOLVED, "README.md": "mine", "own.txt": "own"}
        start = write(
            released(tmp_path / "start", {p: OLD[p] for p in OLD if "note" not in p}), theirs
        )
        wanted = shutil.copytree(start, tmp_path / "wanted")
        steps = len(count_steps(killing, monkeypatch, newer, wanted))
        assert steps > 40
        for number in range(1, steps + 1):
            mine = shutil.copytree(start, tmp_path / f"mine{number}")
            killing(number)
            with contextlib.suppress(Killed):
                update(newer, root=mine)
            monkeypatch.undo()
            monkeypatch.setattr(os, "fsync", lambda _: None)
            everything = b"\n".join(p.read_bytes() for p in mine.rglob("*") if p.is_file())
            assert all(text.encode() in everything for text in theirs.values())
            assert update(newer, root=mine) == 0
            assert snapshot(mine) == snapshot(wanted)
            assert not (mine / ".update").exists()
            shutil.rmtree(mine)

    def test_a_killed_process_too(self, tmp_path, newer):
        code = "import sys; from pathlib import Path; " \
               "from cs231n.course.handin.updating import update; " \
               "print(flush=True); update(Path(sys.argv[1]), root=Path(sys.argv[2]))"  # fmt: skip
        for pause in (0.0, 0.01, 0.03):
            mine = write(released(tmp_path / f"{pause}", OLD), {"cs231n/layers.py": SOLVED})
            child = subprocess.Popen(
                [sys.executable, "-c", code, str(newer), str(mine)],
                cwd=TREE, stdout=subprocess.PIPE,
            )  # fmt: skip
            child.stdout.readline()
            time.sleep(pause)
            child.send_signal(signal.SIGKILL)
            child.communicate()
            assert update(newer, root=mine) == 0
            assert "return x * w" in (mine / "cs231n/layers.py").read_text()
            assert (mine / "README.md").read_bytes() == b"new\n"

    def test_what_was_saved_meanwhile_stays_and_is_told(self, mine, newer, monkeypatch, capsys):
        finish = journal.finish

        def save_first(root):
            write(root, {"cs231n/layers.py": SOLVED})
            return finish(root)

        monkeypatch.setattr(journal, "finish", save_first)
        assert update(newer, root=mine) == 1
        assert "layers.py was saved while this ran" in capsys.readouterr().out
        assert (mine / "cs231n/layers.py").read_text() == SOLVED
        monkeypatch.undo()
        assert update(newer, root=mine) == 0
        assert "for arrays of any shape" in (mine / "cs231n/layers.py").read_text()

    @pytest.mark.parametrize("taken", range(5))
    def test_the_next_command_ends_it_though_half_of_the_package_is_new(
        self, tmp_path, taken, monkeypatch
    ):
        own = ("cs231n/__init__.py", "cs231n/course/__init__.py", "cs231n/course/paths.py",
               *(f"cs231n/course/handin/{name}.py"
                 for name in ("__init__", "journal", "interrupted", "one_at_a_time")))  # fmt: skip
        main = "import cs231n.course.handin.interrupted\nfrom cs231n.course.{0} import {0}\n"
        old = {path: (TREE / path).read_bytes() for path in own} | {
            "cs231n/__main__.py": main.format("old"), "cs231n/course/old.py": "old = 1\n",
        }  # fmt: skip
        new = {
            "cs231n/__main__.py": (main.format("new") + "print(new)\n").encode(),
            "cs231n/course/new.py": b"new = 42\n",
            "cs231n/course/handin/journal.py": old["cs231n/course/handin/journal.py"] + b"\n",
        }
        mine = write(tmp_path / "mine", old)
        journal.prepare(mine, new, ["cs231n/course/old.py"], (), "then")
        take = iter([journal._take] * taken)
        monkeypatch.setattr(journal, "_take", lambda *step: next(take)(*step))
        with pytest.raises(StopIteration) if taken < 4 else contextlib.nullcontext():
            journal.finish(mine)
        run = subprocess.run(
            [sys.executable, "-m", "cs231n"],
            cwd=mine, env={**os.environ, "PYTHONPATH": str(mine)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.stdout == "42\n", run.stderr
        assert {path: (mine / path).read_bytes() for path in new} == new
        assert not (mine / "cs231n/course/old.py").exists()
        assert (mine / "before_update/then/cs231n/course/old.py").read_text() == "old = 1\n"

    def test_nothing_of_the_package_is_loaded_before_that(self):
        lines = (TREE / "cs231n/__main__.py").read_text(encoding="utf-8").splitlines()
        first = next(line for line in lines if "import" in line and "cs231n." in line)
        assert first.startswith("import cs231n.course.handin.interrupted")


def count_steps(killing, monkeypatch, newer, root):
    seen = killing(None)
    update(newer, root=root)
    steps = list(seen)
    monkeypatch.undo()
    return steps


class TestSources:
    def zipped(self, folder, path, top="", compression=zipfile.ZIP_STORED):
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, data in snapshot(folder).items():
                archive.writestr(top + name, data)
        return path

    @pytest.mark.parametrize("top", ["", "course-main/"])
    def test_a_zip_is_as_good_as_a_folder(self, mine, newer, tmp_path, top):
        update(self.zipped(newer, tmp_path / "new.zip", top), root=mine)
        assert snapshot(mine) == snapshot(newer)

    def test_a_course_without_a_record_will_do(self, mine, newer):
        (newer / RECORD).unlink()
        write(newer, {"my notes.txt": "not the course's", ".venv/lib/a.py": ""})
        update(newer, root=mine)
        assert (mine / "README.md").read_bytes() == b"new\n"
        assert not (mine / "my notes.txt").exists()
        assert release_of(mine).version.startswith("1.1+")

    def test_what_else_lies_in_a_folder_is_not_read(self, mine, newer, monkeypatch):
        write(newer, {"datasets/large.bin": bytes(9000), "cs231n/model.npz": bytes(9000)})
        monkeypatch.setattr("cs231n.course.handin.sources.LIMIT", 8000)
        assert update(newer, root=mine) == 0

    def test_the_staffs_checkout_is_refused(self, newer):
        (newer / RECORD).unlink()
        write(newer, {"instructor/solutions/layers.py": "secret = 1\n"})
        with pytest.raises(HandInError, match=r"python -m instructor\.release"):
            read_course(newer)

    def test_a_copy_that_somebody_works_in_is_refused(self, newer):
        write(newer, {"cs231n/layers.py": SOLVED})
        with pytest.raises(HandInError, match=r"not as it was released: cs231n/layers\.py"):
            read_course(newer)

    @pytest.mark.parametrize("files", [{}, {"layers.py": b"a"}, {"cs231n.py": b""}])
    def test_what_is_no_course_is_refused(self, tmp_path, files):
        write(tmp_path / "other", files or {"a.txt": b""})
        with pytest.raises(HandInError, match="is not the course"):
            read_course(tmp_path / "other")

    @pytest.mark.parametrize(
        "name", ["../evil.py", "/evil.py", "cs231n/../../evil.py", "C:/evil.py", "cs231n\\evil.py"]
    )
    def test_names_that_lead_elsewhere_are_refused(self, newer, tmp_path, name):
        path = self.zipped(newer, tmp_path / "new.zip")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), "evil")
            archive.infolist()[-1].filename = name
        with pytest.raises(HandInError, match="refused"):
            read_course(path)

    def test_links_are_refused(self, newer, tmp_path):
        path = self.zipped(newer, tmp_path / "new.zip")
        link = zipfile.ZipInfo("cs231n/link.py")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        with pytest.raises(HandInError, match="no plain file"):
            read_course(path)

    def test_a_bomb_is_refused_before_it_is_unpacked(self, newer, tmp_path):
        path = self.zipped(newer, tmp_path / "new.zip")
        with (
            zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
            archive.open(zipfile.ZipInfo("cs231n/big.bin"), "w", force_zip64=True) as file,
        ):
            for _ in range(210):
                file.write(bytes(1 << 20))
        with pytest.raises(HandInError, match="more than 200 MB"):
            read_course(path)

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
    def test_a_damaged_zip_is_told(self, tmp_path, data):
        (tmp_path / "a.zip").write_bytes(data)
        with pytest.raises(HandInError, match="no zip that can be read"):
            read_course(tmp_path / "a.zip")

    def test_a_truncated_zip_is_told(self, newer, tmp_path):
        path = self.zipped(newer, tmp_path / "new.zip")
        path.write_bytes(path.read_bytes()[:-100])
        with pytest.raises(HandInError, match="no zip that can be read"):
            read_course(path)

    def test_a_file_and_a_folder_of_one_name_do_no_harm(self, mine, tmp_path, capsys):
        twice = NEW | {"README.md/more.py": b"", "cs231n": b""}
        with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
            for name, data in (twice | record_of(twice)).items():
                archive.writestr(name, data)
        assert update(tmp_path / "new.zip", root=mine) == 1
        assert "README.md/more.py: a folder or file of yours is in its" in capsys.readouterr().out
        assert (mine / "README.md").read_bytes() == b"new\n"

    def test_damage_within_is_told(self, newer, tmp_path):
        path = self.zipped(newer, tmp_path / "new.zip", compression=zipfile.ZIP_DEFLATED)
        data = bytearray(path.read_bytes())
        start = data.index(b"layers.py") + 40
        data[start : start + 40] = b"?" * 40
        path.write_bytes(data)
        with pytest.raises(HandInError, match="no zip that can be read"):
            read_course(path)

    def test_a_bomb_in_the_record_is_not_unpacked(self, newer):
        with zipfile.ZipFile(newer / TEXTS, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("cs231n/layers.py", bytes(65 << 20))
        assert not release_of(newer).is_known

    def test_a_source_that_is_not_there_is_told(self, tmp_path, capsys):
        assert main(["update", "--from", str(tmp_path / "none")]) == 1
        assert "No such file" in capsys.readouterr().err

    def test_nothing_of_the_source_is_run(self, mine, newer, tmp_path):
        trap = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
        files = {k: trap.encode() + v if k.endswith(".py") else v for k, v in NEW.items()}
        update(released(tmp_path / "traps", files), root=mine)
        assert not (tmp_path / "ran").exists()

    def test_the_copy_itself_is_refused(self, mine):
        with pytest.raises(HandInError, match="this copy itself"):
            update(mine, root=mine)


NAMES = st.sampled_from(["f", "g", "h", "k"])
LINES = st.sampled_from(["y = x", "y = 2 * x", "# why", "", "if x:\n    y = 1", 's = """\n a\n"""'])
FUNCTIONS = st.dictionaries(NAMES, st.lists(LINES, max_size=4), max_size=4)


def module(functions, stubs=(), doc="Text."):
    parts = [f'"""{doc}"""\n']
    for name, lines in functions.items():
        body = "\n".join([*lines, "return x"])
        if name in stubs:
            body = f'# TODO: {doc}\nraise NotImplementedError("TODO: {name}")'
        parts.append(f'\n\ndef {name}(x):\n    """{doc}"""\n' + textwrap.indent(body, "    "))
    return "".join(parts) + "\n"


class TestSplicing:
    @settings(deadline=None, max_examples=100)
    @given(functions=FUNCTIONS, stubs=st.sets(NAMES))
    def test_units_give_the_file(self, functions, stubs):
        text = module(functions, stubs)
        units = units_of(text, Path("a.py"))
        assert "\n".join(line for u in units for line in [*u.lead, *u.lines]) == text

    @settings(deadline=None, max_examples=100)
    @given(mine=FUNCTIONS, new=FUNCTIONS, known=st.booleans())
    def test_every_body_that_they_wrote_is_there(self, mine, new, known):
        """The course has stubs of `new`; a learner has answered and added what is in `mine`."""
        before = {name: [] for name in new}
        texts = module(before, before), module(mine), module(new, new, "Better.")
        old, own, course = (read_units(text, "a.py") for text in texts)
        text, _ = merge_module(Versions(old if known else None, own, course), "a.py")
        now = read_units(text, "a.py")
        assert now.keys() == own.keys() | course.keys()
        for name in mine:
            assert now[name].function.body_lines("") == own[name].function.body_lines("")
        for name in new:
            assert now[name].docstring == course[name].docstring

    @settings(deadline=None, max_examples=50)
    @given(before=FUNCTIONS, new=FUNCTIONS)
    def test_where_nothing_was_changed_the_course_is_taken(self, before, new):
        old, own, course = (
            read_units(module(each, stubs), "a.py")
            for each, stubs in ((before, before), (before, before), (new, new))
        )
        assert merge_module(Versions(old, own, course), "a.py")[0] == module(new, new)


def test_the_record_is_no_file_of_the_record():
    assert not {RECORD, TEXTS} & json.loads(record_of(OLD | record_of(OLD))[RECORD])["files"].keys()
