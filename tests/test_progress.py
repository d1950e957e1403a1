"""How far a learner is, as a notebook shows it and as Markdown."""

import subprocess
import sys

import pytest
from nbclient import NotebookClient
from nbformat import read

from cs231n.course.desk import progress
from cs231n.course.status.report import as_line, as_markdown
from cs231n.course.status.runner import Outcome
from instructor.assemble import assemble

FILE = "cs231n/warmup.py"
MESSAGE = "dists is wrong in 2 entries.\nwith a long table\nLikely cause: the root is missing"
DONE = Outcome("count_labels", "00_python_numpy", "done", FILE, 4, "✓ counts")
WRONG = Outcome("top_k", "00_python_numpy", "wrong", FILE, 50, MESSAGE)
TODO = Outcome("KNearestNeighbor.predict_labels", "01_knn", "todo", None, None, "not written yet")


class TestAsMarkdown:
    def test_a_row_for_each_notebook_and_a_mark_for_each_exercise(self):
        assert as_markdown([DONE, WRONG, TODO]).splitlines()[:6] == [
            "**1 done, 1 wrong, 1 todo**",
            "",
            "| notebook | exercises | done |",
            "|---|---|---|",
            "| 00_python_numpy | ✓✗ | 1 of 2 |",
            "| 01_knn | ○ | 0 of 1 |",
        ]

    def test_what_is_wrong_stands_below_with_place_verdict_and_cause(self):
        assert as_markdown([DONE, WRONG]).splitlines()[6:] == [
            f"✗ `top_k` in {FILE}, line 50",
            "",
            "```text",
            "dists is wrong in 2 entries.",
            "Likely cause: the root is missing",
            "```",
        ]

    def test_where_nothing_is_wrong_it_says_what_comes_next(self):
        assert as_markdown([DONE, TODO]).endswith("\nNext: `KNearestNeighbor.predict_labels`")

    def test_links_lead_from_the_notebooks_folder(self):
        text = as_markdown([DONE, WRONG], linked=True)
        assert "| [00_python_numpy](00_python_numpy.ipynb) |" in text
        assert f"✗ `top_k` in [{FILE}, line 50](../{FILE})" in text


class TestAsLine:
    def test_what_is_wrong_comes_first(self):
        assert as_line([DONE, TODO, WRONG]) == "✓○✗  1 of 3 done, 1 wrong. Mend: top_k"

    def test_then_what_is_to_do(self):
        assert as_line([DONE, TODO]) == "✓○  1 of 2 done. Next: KNearestNeighbor.predict_labels"

    def test_when_all_is_done_it_says_no_more(self):
        assert as_line([DONE]) == "✓  1 of 1 done."


def interrupted(cells):
    """What run_checks gives when somebody stops the kernel after the first exercise."""
    yield DONE
    raise KeyboardInterrupt


def test_an_interruption_shows_what_is_known_so_far(monkeypatch):
    shown = []
    monkeypatch.setattr(progress, "run_checks", interrupted)
    monkeypatch.setattr(progress, "display", lambda data, raw: shown.append(data))
    progress.show_course()
    assert "| [00_python_numpy](00_python_numpy.ipynb) | ✓ | 1 of 1 |" in shown[0]["text/markdown"]
    assert "exercises were not looked at." in shown[0]["text/markdown"]


def test_a_name_without_exercises_is_no_error(capsys):
    progress.show_notebook("01_knn-Copy1")
    assert capsys.readouterr().out == "There is no exercise in 01_knn-Copy1.\n"


@pytest.fixture
def wrong_tree(tmp_path, monkeypatch, collect_mistake):
    assemble(collect_mistake("KNearestNeighbor.compute_distances_l1", "l2"), tmp_path / "tree")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "tree"))
    return tmp_path / "tree"


def test_the_start_page_runs_through_whatever_the_answers_are(wrong_tree):
    (wrong_tree / "cs231n/optim.py").write_text("a slip (", encoding="utf-8")
    notebook = read(wrong_tree / "notebooks/00_start_here.ipynb", as_version=4)
    where = {"metadata": {"path": str(wrong_tree / "notebooks")}}
    NotebookClient(notebook, timeout=60, resources=where).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    (table,) = (o.data["text/markdown"] for o in outputs if "text/markdown" in o.get("data", {}))
    assert "| [01_knn](01_knn.ipynb) | ○○○○✗○ | 0 of 6 |" in table
    assert "✗ `KNearestNeighbor.compute_distances_l1` in [cs231n/classifiers/" in table
    assert "✗ `sgd_momentum`" in table


def test_the_command_prints_markdown(wrong_tree):
    command = [sys.executable, "-m", "cs231n", "status", "--markdown", "01_knn"]
    run = subprocess.run(command, cwd=wrong_tree, capture_output=True, encoding="utf-8")
    assert run.stdout.startswith("**0 done, 1 wrong, 5 todo**\n")
    assert run.returncode == 0
