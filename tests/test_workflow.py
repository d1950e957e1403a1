"""A learner's repository: its workflow, with each of its steps run as a runner would."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

WORKFLOW = TREE / ".github/workflows/notebooks.yml"
GITLAB = TREE / ".gitlab-ci.yml"
RIGHT = ("count_labels", "KNearestNeighbor.compute_distances_two_loops")
WRONG = "KNearestNeighbor.compute_distances_l1"
CAUSE = "squares are added up and the root is taken: that is L2"
# These would change the Python that runs the tests, or need a network.
NOT_RUN = ("pip install", "cs231n.get_datasets")
KEPT = ("00_start_here.ipynb", "00_python_numpy.ipynb", "01_knn.ipynb")  # so that it takes seconds


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def commands():
    """What the steps run, in order."""
    steps = read(WORKFLOW)["jobs"]["notebooks"]["steps"]
    return [step["run"] for step in steps if "run" in step]


@dataclass
class Job:
    """What came of a job: the exit code of its last command, all that was printed, the summary."""

    exit_code: int
    log: str
    summary: str


def run_job(tree: Path) -> Job:
    """Runs the commands in the tree, up to the first that fails."""
    summary, log = tree.parent / "summary.md", ""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(tree),  # in place of an installation
        "CS231N_DATASET": "shapes10",
        "GITHUB_STEP_SUMMARY": str(summary),
        "CI": "true",
    }
    environment.pop("PYTEST_ADDOPTS", None)
    for command in commands():
        if any(words in command for words in NOT_RUN):
            continue
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        run = subprocess.run(
            shell,
            cwd=tree,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        log += run.stdout
        if run.returncode:
            break
    return Job(run.returncode, log, summary.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """Runs the job in a learner's repository with these answers."""

    def job_with(answers):
        tree = tmp_path_factory.mktemp("repository") / "tree"
        assemble(answers, tree)
        for notebook in (tree / "notebooks").glob("*.ipynb"):
            if notebook.name not in KEPT:
                notebook.unlink()
        return run_job(tree)

    return job_with


@pytest.fixture(scope="module")
def right():
    return collect([SOLUTIONS], find_stubs(TREE), RIGHT)


@pytest.fixture(scope="module")
def red(job, right, collect_mistake):
    """Three answers, of which one is wrong."""
    return job(right | collect_mistake(WRONG, "l2"))


def test_a_wrong_answer_turns_it_red(red):
    assert red.exit_code == 1


def test_the_log_says_what_is_wrong_and_why(red):
    message = re.sub(r"\x1b\[[\d;]*m", "", red.log)
    assert "✗ dists is wrong in" in message
    assert CAUSE in message


def test_only_the_wrong_answer_fails(red):
    assert re.search(r"\b1 failed, .* xfailed", red.log)


def test_the_summary_has_the_table_and_the_cause(red):
    assert "**2 done, 1 wrong, 10 todo**" in red.summary
    assert "| 01_knn | ✓○○○✗○ | 1 of 6 |" in red.summary
    assert CAUSE in red.summary


def test_with_todos_and_right_answers_it_is_green(job, right):
    green = job(right)
    assert green.exit_code == 0, green.log
    assert "**2 done, 0 wrong, 11 todo**" in green.summary


def test_what_a_learner_gets_has_the_workflow(tmp_path):
    assemble({}, tmp_path / "tree")
    for path in (WORKFLOW, GITLAB):
        assert (tmp_path / "tree" / path.relative_to(TREE)).is_file()


class TestRights:
    def test_it_may_read_and_knows_no_secret(self):
        assert read(WORKFLOW)["permissions"] == {"contents": "read"}
        assert "secrets" not in WORKFLOW.read_text(encoding="utf-8")

    def test_actions_are_pinned_to_a_commit_and_say_which_version(self):
        lines = WORKFLOW.read_text(encoding="utf-8").splitlines()
        used = [line for line in lines if "uses:" in line]
        assert used
        for line in used:
            assert re.search(r"uses: actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)

    def test_it_starts_on_a_push_and_by_hand(self):
        assert read(WORKFLOW)[True].keys() == {"push", "workflow_dispatch"}  # YAML's `on` is true

    def test_a_newer_run_cancels_the_older_and_none_runs_for_ever(self):
        assert read(WORKFLOW)["concurrency"]["cancel-in-progress"] is True
        assert read(WORKFLOW)["jobs"]["notebooks"]["timeout-minutes"] <= 30


def test_gitlab_runs_the_same():
    script = read(GITLAB)["notebooks"]["script"]
    assert script == [c.replace('-a "$GITHUB_STEP_SUMMARY"', "status.md") for c in commands()]
