"""`python -m cs231n status` and `check`: verdicts, exit codes, time limit, and watching."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from cs231n.course.cells import CheckCell, check_cells
from cs231n.course.status.runner import run_checks
from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.edits import MISTAKES, mistakes_of

RIGHT, WRONG, TODO = (
    "KNearestNeighbor.compute_distances_l1",
    "KNearestNeighbor.predict_labels",
    "cross_validate_k",
)
SLUG = "largest_of_tied"


@pytest.fixture(scope="module")
def cause():
    """What a learner is told whose answer to WRONG is that mistake."""
    return mistakes_of(MISTAKES / f"{WRONG}.toml", find_stubs(TREE))[SLUG].says


@pytest.fixture(scope="module")
def mixed(tmp_path_factory, collect_mistake):
    """A tree with one right, one wrong and otherwise no answers."""
    folder = tmp_path_factory.mktemp("mixed")
    right = collect([SOLUTIONS], find_stubs(TREE), [RIGHT])
    assemble(right | collect_mistake(WRONG, SLUG), folder / "tree")
    return folder / "tree"


def words(text):
    """The text without line ends and bars."""
    return " ".join(text.replace("┃", " ").split())


def run(tree, *arguments):
    command = [sys.executable, "-m", "cs231n", *arguments]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


class TestCheck:
    def test_done_is_0(self, mixed):
        result = run(mixed, "check", RIGHT)
        assert result.returncode == 0
        assert result.stdout.startswith("✓ dists: 3 × 4 values agree, exactly\n")

    def test_wrong_is_1_and_says_why_and_where(self, mixed, cause):
        result = run(mixed, "check", WRONG)
        assert result.returncode == 1
        assert f"Likely cause: {cause}" in words(result.stdout)
        assert "cs231n/classifiers/k_nearest_neighbor.py, line" in result.stdout

    def test_todo_is_2(self, mixed):
        result = run(mixed, "check", TODO)
        assert result.returncode == 2
        assert "todo" in result.stdout

    def test_an_unknown_name_is_neither_and_gets_a_hint(self, mixed):
        result = run(mixed, "check", "predict_labels")
        assert result.returncode == 3
        assert "Did you mean KNearestNeighbor.predict_labels?" in result.stderr


class TestStatus:
    def test_json(self, mixed):
        exercises = json.loads(run(mixed, "status", "--json").stdout)["exercises"]
        assert {e["id"]: e["status"] for e in exercises} == {
            RIGHT: "done",
            WRONG: "wrong",
            **{id: "todo" for id in find_stubs(TREE) if id not in (RIGHT, WRONG)},
        }
        for exercise in exercises:
            assert exercise.keys() == {"id", "notebook", "status", "file", "line", "message"}
            lines = (mixed / exercise["file"]).read_text(encoding="utf-8").splitlines()
            assert f"def {exercise['id'].split('.')[-1]}(" in lines[exercise["line"] - 1]

    def test_table_counts_names_the_cause_and_says_where_to_go_on(self, mixed, cause):
        text = run(mixed, "status").stdout
        assert "01_knn   1 of 6" in text
        assert f"✗ wrong  {WRONG}" in text
        assert cause in words(text)
        entries = {(cell.notebook, cell.exercise) for cell in check_cells(TREE)}
        assert f"1 done, 1 wrong, {len(entries) - 2} todo" in text
        assert f"Mend: {WRONG}" in text

    @pytest.mark.parametrize("name", ["01_knn", RIGHT])
    def test_names_choose(self, mixed, name):
        exercises = json.loads(run(mixed, "status", "--json", name).stdout)["exercises"]
        assert len(exercises) == (6 if name == "01_knn" else 1)

    def test_a_file_with_a_slip_is_wrong_with_file_and_line(self, tmp_path):
        assemble({}, tmp_path / "tree")
        file = tmp_path / "tree/cs231n/classifiers/k_nearest_neighbor.py"
        text = file.read_text(encoding="utf-8").replace("self.X_train = X", "self.X_train = (X")
        file.write_text(text, encoding="utf-8")
        line = text[: text.index("(X\n")].count("\n") + 1
        result = run(tmp_path / "tree", "check", RIGHT)
        assert result.returncode == 1
        assert "SyntaxError: '(' was never closed" in result.stdout
        assert f"cs231n/classifiers/k_nearest_neighbor.py, line {line}" in result.stdout


def cell(source, exercise="f", setup=""):
    return CheckCell(exercise, "01_test", "id", setup, source)


def outcome(*sources, **kwargs):
    (result,) = run_checks([cell(source) for source in sources], **kwargs)
    return result.status, result.message


class TestRunner:
    def test_each_cell_has_a_fresh_namespace(self):
        assert outcome("x = 1", "x")[0] == "wrong"

    def test_setup_runs_before_each_cell(self):
        (result,) = run_checks([cell("x", setup="x = 1"), cell("x", setup="x = 1")])
        assert result.status == "done"

    def test_the_worst_of_several_cells_counts(self):
        todo = "raise NotImplementedError('TODO: f')"
        assert outcome("pass", todo)[0] == "todo"
        assert outcome(todo, "1 / 0", "pass")[0] == "wrong"

    def test_a_todo_of_another_exercise_is_named(self):
        result = outcome("raise NotImplementedError('TODO: softmax_loss')")
        assert result == ("todo", "waits for softmax_loss")

    def test_only_a_todo_excuses(self):
        assert outcome("raise NotImplementedError('not mine')")[0] == "wrong"

    @pytest.mark.parametrize("source", ["exit()", "raise SystemExit(0)", "assert False", "x ="])
    def test_whatever_raises_is_wrong(self, source):
        assert outcome(source)[0] == "wrong"

    def test_an_error_names_its_line(self):
        status, message = outcome("a = 1\nb = a / 0")
        assert status == "wrong"
        assert "ZeroDivisionError: division by zero" in message
        assert "b = a / 0" in message

    def test_the_time_limit(self):
        status, message = outcome("while True: pass", time_limit=0.3)
        assert status == "wrong"
        assert "longer than 0.3 s" in message


def test_watch_runs_again_when_a_file_changes(tmp_path):
    assemble({}, tmp_path / "tree")
    file = tmp_path / "tree/cs231n/classifiers/k_nearest_neighbor.py"
    command = [sys.executable, "-m", "cs231n", "check", "--watch", RIGHT]
    with subprocess.Popen(
        command,
        cwd=tmp_path / "tree",
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests run in a shell's background, Ctrl-C is ignored, and a child inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        patience = threading.Timer(60, process.kill)  # then the output ends, and the test fails
        patience.start()
        try:
            _read_until(process, "not written yet")
            _read_until(process, "Watching")
            stub = f'raise NotImplementedError("TODO: {RIGHT}")'
            answer = "return np.array([np.abs(x - self.X_train).sum(axis=1) for x in X])"
            text = file.read_text(encoding="utf-8").replace(stub, answer)
            file.write_text(text, encoding="utf-8")
            _read_until(process, "✓ dists")
        finally:
            os.killpg(process.pid, signal.SIGINT)
            returned = process.wait(timeout=20)
            patience.cancel()
        assert returned == 130


def _read_until(process, text):
    for line in process.stdout:
        if text in line:
            return
    raise AssertionError(f"the output ended before {text!r}")
