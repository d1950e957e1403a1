"""The setup cell in a real kernel: reloading, TODO and failed checks as Jupyter sees them."""

import os
import re
import time

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from cs231n.course.cells import check_cells
from cs231n.course.threads import ONE_THREAD, take_one_core
from instructor.assemble import assemble

SETUP = "%load_ext cs231n.course.desk\nimport numpy as np"
CHECK = """
from cs231n.checks import check_close
from cs231n.classifiers import KNearestNeighbor
knn = KNearestNeighbor()
knn.train(np.array([[0.0, 0.0], [2.0, 4.0]]), np.zeros(2, dtype=int))
check_close("dists", knn.compute_distances_l1(np.array([[3.0, 4.0]])), [[7.0, 1.0]])
"""
STUB = 'raise NotImplementedError("TODO: KNearestNeighbor.compute_distances_l1")'


class Notebook:
    """A kernel in a copy of the student tree, and the file that a learner edits."""

    def __init__(self, tree):
        self.file = tree / "cs231n/classifiers/k_nearest_neighbor.py"
        self.stub = self.file.read_text(encoding="utf-8")
        self.client = NotebookClient(
            nbformat.v4.new_notebook(),
            allow_errors=True,
            timeout=60,
            resources={"metadata": {"path": str(tree / "notebooks")}},
        )

    def write(self, answer, first_line=""):
        before = self.file.stat().st_mtime_ns
        text = first_line + self.stub.replace(STUB, answer)
        self.file.write_text(text, encoding="utf-8")
        # An editor saves seconds apart; a test must see to it that the times differ.
        os.utime(self.file, ns=(time.time_ns(), before + 2_000_000_000))

    def run(self, source):
        """The outputs of a cell as one text without colours, and the error's name or None."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        texts = [o.get("text") or "\n".join(o.get("traceback", [])) for o in cell.outputs]
        errors = [o.ename for o in cell.outputs if o.output_type == "error"]
        return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(texts)), (errors or [None])[0]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    assemble({}, tmp_path / "tree")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "tree"))
    return tmp_path / "tree"


@pytest.fixture
def notebook(tree):
    notebook = Notebook(tree)
    with notebook.client.setup_kernel():
        assert notebook.run(SETUP) == ("", None)
        yield notebook


def test_todo_is_a_short_note_and_an_error(notebook):
    text, error = notebook.run(CHECK)
    assert error == "NotImplementedError"
    assert "○ TODO: KNearestNeighbor.compute_distances_l1" in text
    assert re.search(r"Your turn: cs231n/classifiers/k_nearest_neighbor.py, line \d+", text)
    assert "Traceback" not in text
    assert len(text.splitlines()) < 5


def test_a_todo_that_a_check_raises_leads_to_the_exercise(notebook):
    text, _ = notebook.run('raise NotImplementedError("TODO: KNearestNeighbor.predict_labels")')
    line = notebook.stub[: notebook.stub.index("def predict_labels")].count("\n") + 1
    assert f"Your turn: cs231n/classifiers/k_nearest_neighbor.py, line {line}." in text


def test_an_answer_is_seen_without_a_restart(notebook):
    notebook.run(CHECK)
    notebook.write("return np.abs(X[:, None] - self.X_train).sum(axis=2)")
    assert notebook.run(CHECK) == ("✓ dists: 1 × 2 values agree, exactly\n", None)


def test_objects_made_before_an_edit_follow_it(notebook):
    notebook.run(CHECK)
    notebook.write("return 'the new method'")
    assert notebook.run("print(knn.compute_distances_l1(None))")[0] == "the new method\n"


def test_a_wrong_answer_shows_its_cause_and_is_an_error(notebook):
    notebook.run(CHECK)
    notebook.write("return 2 * np.abs(X[:, None] - self.X_train).sum(axis=2)")
    text, error = notebook.run(CHECK)
    assert error == "CheckFailed"
    assert "✗ dists is wrong in 2 of 2 entries." in text
    assert "every entry is off by the same factor 2" in text
    assert "Traceback" not in text


IN_PARALLEL = """
from cs231n.classifiers import KNearestNeighbor
from cs231n.course.training.parallel import in_parallel
def answer(i):
    return KNearestNeighbor().compute_distances_l1(i)
print(in_parallel(answer, [(1,), (2,)], n_jobs=2))
"""


def test_processes_beside_the_kernel_see_an_edit_too(notebook):
    notebook.write("return 'old', X")
    assert "[('old', 1), ('old', 2)]" in notebook.run(IN_PARALLEL)[0]
    notebook.write("return 'new', X")
    assert "[('new', 1), ('new', 2)]" in notebook.run(IN_PARALLEL)[0]


def test_they_stay_while_nothing_is_edited(notebook):
    """A new one takes a second to start."""
    notebook.write("import os; return os.getpid()")
    first, second = (set(re.findall(r"\d{3,}", notebook.run(IN_PARALLEL)[0])) for _ in range(2))
    assert first & second


@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ({"answer": "return (1"}, "SyntaxError"),
        ({"answer": "return 1", "first_line": "import no_such_module\n"}, "No module named"),
    ],
    ids=["syntax", "import"],
)
def test_a_file_that_cannot_be_read_stops_the_cell(notebook, slip, says):
    """Else the answer from before the change would be checked, and praised."""
    notebook.write("return np.abs(X[:, None] - self.X_train).sum(axis=2)")
    assert notebook.run(CHECK)[1] is None
    notebook.write(**slip)
    for _ in range(2):
        text, error = notebook.run(CHECK)
        assert error == "BrokenFile"
        assert "✗ cs231n/classifiers/k_nearest_neighbor.py cannot be read." in text
        assert says in text
        assert "✓" not in text
    notebook.write("return 2.0")
    assert notebook.run(CHECK)[1] == "CheckFailed"


def test_an_ordinary_error_keeps_its_traceback_and_its_line(notebook):
    notebook.run(CHECK)
    notebook.write("return undefined_name")
    text, error = notebook.run(CHECK)
    assert error == "NameError"
    line = notebook.stub[: notebook.stub.index(STUB)].count("\n") + 1
    assert f"k_nearest_neighbor.py:{line}" in text


CELL = """
from cs231n.checks import check_close, check_further
from cs231n.layers import affine_forward

out, cache = affine_forward(np.ones((2, 3)), np.ones((3, 4)), np.zeros(4))
check_close("out", out, np.full((2, 4), 3))
check_further(affine_forward)
"""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("x @ w + b", "affine_forward did not return (out, cache)."),
        ("return x @ w + b[:3], x", "In cs231n/layers/affine.py, line"),
        ("return x @ w + b[:3], x", "There: x (2, 3), w (3, 4), b (4,)"),
        ("return x @ w + 0 * b, x", "Again: from cs231n.checks import last_case; affine_forward"),
    ],
    ids=["nothing returned", "where", "what was there", "a further case"],
)
def test_in_a_check_cell_what_goes_wrong_is_told_in_words(notebook, answer, told):
    file = notebook.file.parents[1] / "layers/affine.py"
    stub = 'raise NotImplementedError("TODO: affine_forward")'
    file.write_text(file.read_text(encoding="utf-8").replace(stub, answer), encoding="utf-8")
    text, error = notebook.run(CELL)
    assert error is not None
    assert told in " ".join(line.removeprefix("┃ ") for line in text.splitlines())
    assert "Traceback" not in text


def test_a_learners_own_not_implemented_error_is_shown_whole(notebook):
    text, error = notebook.run("raise NotImplementedError('my own')")
    assert error == "NotImplementedError"
    assert "Traceback" in text


def test_loading_twice_does_no_harm(notebook):
    assert notebook.run(SETUP.replace("load_ext", "reload_ext"))[1] is None
    assert notebook.run(CHECK)[1] == "NotImplementedError"


def test_a_matrix_product_takes_one_core(tree, monkeypatch):
    for name in ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    notebook = Notebook(tree)
    with notebook.client.setup_kernel():
        notebook.run(SETUP)
        counts = "{pool['num_threads'] for pool in threadpoolctl.threadpool_info()}"
        assert notebook.run(f"import threadpoolctl\nprint({counts})") == ("{1}\n", None)


def test_a_users_own_number_of_threads_stays():
    environment = {"OPENBLAS_NUM_THREADS": "4"}
    take_one_core(environment)
    assert environment == ONE_THREAD | {"OPENBLAS_NUM_THREADS": "4"}


def test_figures_are_drawn_in_the_notebook(notebook):
    cell = nbformat.v4.new_code_cell(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()"
    )
    notebook.client.nb.cells.append(cell)
    notebook.client.execute_cell(cell, len(notebook.client.nb.cells) - 1)
    assert any("image/png" in output.get("data", {}) for output in cell.outputs)


@pytest.fixture
def run_all(tree):
    """Sends cells to a kernel all at once, as Run All does; gives what each of them prints."""
    manager, client = start_new_kernel(cwd=str(tree / "notebooks"))

    def run(*sources):
        requests = [client.execute(source) for source in sources]
        printed, idle = dict.fromkeys(requests, ""), set()
        while idle < set(requests):
            message = client.get_iopub_msg(timeout=60)
            request, content = message["parent_header"].get("msg_id"), message["content"]
            if message["msg_type"] == "stream":
                printed[request] += re.sub(r"\x1b\[[\d;]*m", "", content["text"])
            elif content.get("execution_state") == "idle":
                idle.add(request)
        return list(printed.values())

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_cells_that_were_not_run_say_where_it_stopped(run_all):
    run_all(SETUP)
    run_all(SETUP.replace("load_ext", "reload_ext"))
    _, *others = run_all(CHECK, "print('never')", "")
    note = "○ Not run: it stopped above, at [3].\n┃ TODO: KNearestNeighbor.compute_distances_l1"
    assert [text.strip("┃ \n") for text in others] == [note, note]


def test_after_that_cells_run_again(run_all):
    run_all(SETUP)
    _, failed, _ = run_all("1 / 0", "print('never')", "print('never')")
    assert "ZeroDivisionError: division by zero" in failed
    assert run_all("print(1)", "print(2)") == ["1\n", "2\n"]


L1 = "KNearestNeighbor.compute_distances_l1"
OFFER = f"For a hint, run %hint {L1} in a new cell."


@pytest.fixture
def l1_cell(tree):
    """The source of the notebook's own cell that checks it: that is how a kernel knows it."""
    return next(cell.source for cell in check_cells(tree) if cell.exercise == L1)


def test_a_check_that_failed_twice_offers_a_hint(notebook, l1_cell):
    notebook.write("return 2 * np.abs(X[:, None] - self.X_train).sum(axis=2)")
    assert OFFER not in notebook.run(l1_cell)[0]
    text, error = notebook.run(l1_cell)
    assert error == "CheckFailed"
    assert OFFER in text
    notebook.write("return undefined_name")
    text, _ = notebook.run(l1_cell)
    assert text.startswith(f"┃ ✗ {L1} stopped with NameError")
    assert OFFER in text


def test_a_todo_is_no_failure(notebook, l1_cell):
    for _ in range(3):
        assert "For a hint" not in notebook.run(l1_cell)[0]
    notebook.write("return None")
    assert "For a hint" not in notebook.run(l1_cell)[0]


def test_failures_of_another_exercise_do_not_count(notebook, l1_cell):
    notebook.write("return None")
    notebook.run(l1_cell)
    wrong = "from cs231n.checks import check_accuracy\ncheck_accuracy('of a guess', 0.1, 0.5, 0.9)"
    for _ in range(2):
        text, error = notebook.run(wrong)
        assert error == "CheckFailed"
        assert "For a hint" not in text


class TestHint:
    def shown(self, notebook, line):
        """What a cell with this line shows, as Markdown."""
        cell = nbformat.v4.new_code_cell(line)
        notebook.client.nb.cells.append(cell)
        notebook.client.execute_cell(cell, len(notebook.client.nb.cells) - 1)
        (output,) = cell.outputs
        return output["data"]["text/markdown"]

    def test_the_first_one(self, notebook):
        text = self.shown(notebook, f"%hint {L1}")
        assert text.startswith("**Hint 1 of 3.** What in your")
        assert text.endswith(f"More: `%hint {L1} --more`")

    def test_all_of_them(self, notebook):
        text = self.shown(notebook, "%hint relu_backward --more --more")
        assert re.findall(r"Hint \d", text) == ["Hint 1", "Hint 2", "Hint 3"]
        assert "```text\n" in text
        assert "More" not in text

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            (
                "%hint relu_bakward",
                "There are no hints for relu_bakward. Did you mean relu_backward",
            ),
            ("%hint", "%hint EXERCISE, such as %hint affine_forward"),
        ],
    )
    def test_a_slip_is_told_in_a_line(self, notebook, line, says):
        text, error = notebook.run(line)
        assert error == "UsageError"
        assert text.startswith(f"┃ ✗ {says}")
