"""The rules of the house: notebooks, lint, what git holds."""

import ast
import builtins
import re
import statistics
import subprocess
import sys

import pytest
from cells import NOTEBOOKS, code_cells, load, names, tags

from instructor.assemble import TREE

SETUP = "%load_ext cs231n.course.desk\nimport numpy as np"


NOT_ON_A_PAGE = (ast.FunctionDef, ast.For, ast.While, ast.With, ast.ClassDef)
# A question to the reader stands in bold, or in the list at the end.
QUESTION = re.compile(r"\*\*[^*\n]*\?\*\*|\*\*Think about it\.")


def is_check(cell):
    return any(tag.startswith("exercise:") for tag in tags(cell))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return load(request.param)


def test_no_outputs_and_no_counts(notebook):
    for cell in code_cells(notebook):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_cell_ids_are_words_and_differ(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell_id) for cell_id in ids)


def test_the_kernel_is_the_plain_one(notebook):
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"].keys() <= {"kernelspec", "language_info"}


def test_one_setup_cell_comes_first(notebook):
    first, *others = code_cells(notebook)
    assert "setup" in tags(first)
    assert "".join(first["source"]) == SETUP
    assert not any("setup" in tags(cell) for cell in others)


def test_magics_stand_in_the_setup_cell_only(notebook):
    for cell in code_cells(notebook)[1:]:
        assert not re.search(r"^\s*[%!]", "".join(cell["source"]), re.MULTILINE)


def test_notebooks_hold_no_todo_of_their_own(notebook):
    for cell in code_cells(notebook):
        assert "TODO" not in "".join(cell["source"])


def test_links_lead_somewhere(notebook):
    for cell in notebook["cells"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", "".join(cell["source"])):
            if cell["cell_type"] == "markdown":
                assert (TREE / "notebooks" / target).is_file(), target


def lines_of(cell):
    return [line for line in "".join(cell["source"]).splitlines() if line.strip()]


def test_check_cells_are_pages_for_readers(notebook):
    """Input, plain call, reference values, check_further: nothing that gives the answer away."""
    for cell in filter(is_check, code_cells(notebook)):
        assert len(lines_of(cell)) <= 14, cell["id"]
        tree = ast.parse("".join(cell["source"]))
        for node in ast.walk(tree):
            assert not isinstance(node, NOT_ON_A_PAGE), cell["id"]
            if isinstance(node, ast.keyword):
                assert node.arg not in ("mistakes", "parts", "counts"), cell["id"]


def test_half_of_the_check_cells_have_at_most_eight_lines():
    cells = [cell for path in NOTEBOOKS for cell in filter(is_check, code_cells(load(path)))]
    assert statistics.median(len(lines_of(cell)) for cell in cells) <= 8


def test_a_check_cell_can_fail(notebook):
    for cell in filter(is_check, code_cells(notebook)):
        assert re.search(r"\bcheck_\w+\(", "".join(cell["source"])), cell["id"]


def test_questions_have_answers_that_fold_out(notebook):
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] != "markdown":
            continue
        # Blank lines around a fold and what is in it let Markdown and formulas be rendered.
        answer = r"<summary>[^\n]+</summary>\n\n(?:(?!<details>).)+?\n\n"
        fold = rf"(?:\A|\n\n)<details>{answer}</details>(?=\n\n|\Z)"
        folds = [found.start() for found in re.finditer(fold, text, re.S)]
        assert len(folds) == text.count("</details>"), cell["id"]
        for question in QUESTION.finditer(text):
            assert any(start > question.start() for start in folds), question.group()


def test_check_cells_do_not_change_what_experiments_use(notebook):
    """Whoever runs a check again, later on, must find the experiments as they were."""
    cells = code_cells(notebook)
    set_by_checks = set().union(*(names(cell)[1] for cell in cells if is_check(cell)))
    used = set().union(*(names(cell)[0] for cell in cells if not is_check(cell)))
    assert set_by_checks & used == set()


def test_a_check_cell_needs_only_the_setup(notebook):
    for cell in filter(is_check, code_cells(notebook)):
        assert names(cell)[0] <= {"np", *dir(builtins)}, cell["id"]


def test_demos_are_passed_over_by_nbval(notebook):
    for cell in code_cells(notebook):
        assert ("cs231n.course.demos" in "".join(cell["source"])) == ("nbval-skip" in tags(cell))


@pytest.mark.parametrize("command", [["format", "--check"], ["check"]], ids=" ".join)
def test_ruff_is_content(command):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *command, str(TREE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_git_holds_no_data_and_no_outputs():
    listing = subprocess.run(["git", "ls-files"], cwd=TREE, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("this tree is not a git checkout")
    files = listing.stdout.split()
    assert {f for f in files if f.startswith("datasets/")} <= {
        "datasets/README.md",
        "datasets/cifar10.sha256",
    }
    assert not [f for f in files if f.endswith((".bin", ".npz", ".pyc", ".gz", ".tgz", ".whl"))]


def test_the_readme_is_short_and_its_paths_exist():
    text = (TREE / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 190
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (TREE / target).exists(), target
