"""What other systems do otherwise, as far as it can be told on this one.

Encodings, line ends, names of files, and folders with spaces and letters of other languages.
"""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import PurePosixPath

import pytest

from cs231n.course.source import locate
from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

EXERCISE = "count_labels"
POSIX_ONLY = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}
WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 120  # characters of a path; Windows allows 260, with the folder that it is in


def run(tree, *arguments, **environment):
    """Runs Python in a tree; its output, as UTF-8, and its errors."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "CS231N_DATASET": "shapes10", **environment},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A course with one answer, in a folder as people have them."""
    folder = tmp_path_factory.mktemp("an") / "Übungen & 图像 (neu)"
    assemble(collect([SOLUTIONS], find_stubs(TREE), [EXERCISE]), folder / "my course")
    return folder / "my course"


class TestPathsWithSpacesAndLetters:
    def test_status(self, tree):
        told = run(tree, "-m", "cs231n", "status", "--json", "00_python_numpy")
        statuses = [e["status"] for e in json.loads(told.stdout)["exercises"]]
        assert statuses == ["done", *["todo"] * 6]
        assert told.stderr == ""

    def test_check(self, tree):
        assert run(tree, "-m", "cs231n", "check", EXERCISE).returncode == 0

    def test_the_notebooks_tests(self, tree):
        told = run(tree, "-m", "pytest", "--nbval-lax", "notebooks/00_start_here.ipynb")
        assert "2 passed" in told.stdout
        assert told.returncode == 0

    def test_assembling_from_it(self, tree, tmp_path):
        answers = collect([tree / "cs231n/warmup.py"], find_stubs(TREE))
        assert list(answers) == [EXERCISE]
        assemble(answers, tmp_path / "aus Übung 1")
        assert (tmp_path / "aus Übung 1/README.md").is_file()


class TestEncodings:
    def test_the_linter_wants_one_wherever_a_file_is_opened(self):
        command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", "cs231n/new.py", "-"]
        run = subprocess.run(
            command, cwd=TREE, input="open('data')\n", capture_output=True, encoding="utf-8"
        )
        assert "unspecified-encoding" in run.stdout or "PLW1514" in run.stdout

    def test_none_is_left_to_the_system(self, tree):
        """Python can warn of it; of what other packages do, nobody is to hear."""
        script = (
            "import warnings\n"
            "warnings.filterwarnings('error', category=EncodingWarning, module='cs231n')\n"
            "from cs231n.__main__ import main\n"
            "from cs231n.data_utils import load_dataset\n"
            "from cs231n.course.desk.progress import show_course\n"
            f"main(['check', '{EXERCISE}']), main(['hint', '{EXERCISE}'])\n"
            "main(['status', '--markdown', '00_python_numpy'])\n"
            "load_dataset(num_training=10, num_test=10), show_course()\n"
        )
        told = run(tree, "-c", script, PYTHONWARNDEFAULTENCODING="1")
        assert told.returncode == 0, told.stderr

    @pytest.mark.parametrize(
        "command", [["status"], ["status", "--markdown"], ["check", "top_k"], ["hint", "top_k"]]
    )
    def test_marks_go_through_a_pipe_that_is_not_utf_8(self, tree, command):
        told = run(tree, "-m", "cs231n", *command, PYTHONIOENCODING="cp1252")
        assert "┃" in told.stdout or "○" in told.stdout
        assert told.stderr == ""


@pytest.fixture(scope="module")
def windows_tree(tmp_path_factory):
    """As git and editors leave it there: CRLF, and a byte order mark in one file."""
    out = tmp_path_factory.mktemp("windows") / "tree"
    assemble(collect([SOLUTIONS], find_stubs(TREE), [EXERCISE]), out)
    for path in out.rglob("*"):
        if path.suffix in (".py", ".ipynb", ".md", ".sha256") and path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    file = out / "cs231n/warmup.py"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    return out


class TestLineEndsOfWindows:
    def test_status_understands_them(self, windows_tree):
        told = run(windows_tree, "-m", "cs231n", "status", "--json")
        exercises = json.loads(told.stdout)["exercises"]
        assert [e["id"] for e in exercises if e["status"] == "done"] == [EXERCISE]
        assert {e["status"] for e in exercises} == {"done", "todo"}

    def test_exercises_are_found_where_they_stand(self, windows_tree):
        assert locate(windows_tree)[EXERCISE] == locate(TREE)[EXERCISE]

    def test_hints_are_found(self, windows_tree):
        assert "Hint 1 of 3" in run(windows_tree, "-m", "cs231n", "hint", EXERCISE).stdout

    def test_answers_are_taken_from_there_with_plain_line_ends(self, windows_tree, tmp_path):
        assemble(collect([windows_tree / "cs231n/warmup.py"], find_stubs(TREE)), tmp_path / "tree")
        text = (tmp_path / "tree/cs231n/warmup.py").read_bytes()
        assert b"\r" not in text
        assert b'"TODO: count_labels"' not in text

    def test_git_keeps_plain_ones(self):
        names = ["get_datasets.sh", "datasets/cifar10.sha256", "notebooks/01_knn.ipynb", "a.py"]
        told = git("check-attr", "text", "eol", "--", *names)
        assert told.count("text: auto") == told.count("eol: lf") == len(names)
        assert "i/crlf" not in git("ls-files", "--eol")


class TestNames:
    def test_windows_has_room_for_every_file(self):
        names = git("ls-files").splitlines()
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert len(name) <= LONGEST
            assert not re.search(r'[<>:"|?*\\]', name)
            for part in PurePosixPath(name).parts:
                assert not WINDOWS_DEVICES.fullmatch(part)
                assert part[-1] not in ". "

    def test_git_holds_no_links(self):
        modes = {line.split()[0] for line in git("ls-files", "-s").splitlines()}
        assert modes <= {"100644", "100755"}


def git(*arguments):
    """What git says of this checkout; skips where it is none."""
    run = subprocess.run(["git", *arguments], cwd=TREE, capture_output=True, encoding="utf-8")
    if run.returncode:
        pytest.skip("this tree is not a git checkout")
    return run.stdout


@pytest.mark.parametrize(
    "path", sorted((TREE / "cs231n").rglob("*.py")), ids=lambda p: p.relative_to(TREE).as_posix()
)
def test_what_windows_lacks_is_not_needed(path):
    """Its modules are imported in a `try` only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tried = {id(n) for t in ast.walk(tree) if isinstance(t, ast.Try) for n in ast.walk(t)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in tried:
            assert not {alias.name for alias in node.names} & POSIX_ONLY
        if isinstance(node, ast.ImportFrom):
            assert node.module not in POSIX_ONLY


class TestElsewhere:
    def test_the_development_container_is_a_plain_python_with_what_the_course_needs(self):
        settings = json.loads((TREE / ".devcontainer/devcontainer.json").read_text("utf-8"))
        assert re.fullmatch(r"python:3\.\d+", settings["image"])
        assert "features" not in settings
        assert "pip install -r requirements.txt" in settings["postCreateCommand"]

    def test_binder_installs_the_same(self):
        (line,) = (TREE / ".binder/requirements.txt").read_text(encoding="utf-8").splitlines()
        assert (TREE / ".binder" / line.removeprefix("-r ")).resolve() == TREE / "requirements.txt"

    def test_a_learners_copy_has_them_all(self, tree):
        for name in (".gitattributes", ".devcontainer/devcontainer.json", ".binder/runtime.txt"):
            assert (tree / name).read_bytes() == (TREE / name).read_bytes()
