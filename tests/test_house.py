"""The rules of the house: notebooks, lint, what git holds."""

import ast
import builtins
import re
import statistics
import subprocess
import sys

import pytest
from cells import NOTEBOOKS, code_cells, load, names, tags

from instructor.adapting import for_learners
from instructor.assemble import TREE

DESK = "%load_ext cs231n.course.desk"
SETUP = {"start-page": DESK, "notebook": f"{DESK}\nimport numpy as np"}
START_PAGE = "00_start_here"

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
    kind = "notebook" if any(map(is_check, others)) else "start-page"
    assert "setup" in tags(first)
    assert "".join(first["source"]) == SETUP[kind]
    assert not any("setup" in tags(cell) for cell in others)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_ends_with_how_far_the_learner_is(path):
    shows = "show_course()" if path.stem == START_PAGE else f'show_notebook("{path.stem}")'
    name = shows.split("(")[0]
    lines = [f"from cs231n.course.desk.progress import {name}", "", shows]
    *_, last = code_cells(load(path))
    assert "".join(last["source"]).splitlines() == lines
    if path.stem != START_PAGE:
        assert load(path)["cells"][-1] == last


def test_the_start_page_leads_to_every_notebook_and_says_how_long_it_takes():
    text = "\n".join(
        "".join(cell["source"])
        for cell in load(TREE / f"notebooks/{START_PAGE}.ipynb")["cells"]
        if cell["cell_type"] == "markdown"
    )
    rows = re.findall(r"^\| \[(\w+)\]\(\1\.ipynb\) \|.+\| about.+h \| .+(?:s|min) \|$", text, re.M)
    assert rows == [path.stem for path in NOTEBOOKS if path.stem != START_PAGE]


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
    assert len(for_learners(text, "README.md").splitlines()) < 160
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        # The badge is an address on GitHub, as seen from the page that shows this file.
        name = target.removesuffix("/badge.svg").replace("../../actions/", ".github/")
        assert (TREE / name).exists(), target


def test_the_links_of_the_other_pages_lead_somewhere():
    page = TREE / "docs/anywhere.md"
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
