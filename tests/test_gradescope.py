"""The autograder for Gradescope, run in the folders that its documentation names."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from instructor.gradescope.__main__ import build

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

ANSWER = """
import numpy as np

def l2_penalty(W, strength):
    return strength * np.sum(W * W), 2 * strength * W

def l1_penalty(W, strength):
    return strength * np.sum(np.abs(W)), np.sign(W)
"""


@pytest.fixture(scope="module")
def autograder(tmp_path_factory):
    """A folder as Gradescope's /autograder is, with an uploaded autograder and a submission."""
    top = tmp_path_factory.mktemp("gradescope") / "autograder"
    build(top.parent / "autograder.zip")
    with zipfile.ZipFile(top.parent / "autograder.zip") as archive:
        archive.extractall(top / "source")
        modes = {each.filename: each.external_attr >> 16 & 0o777 for each in archive.infolist()}
    for name in ("setup.sh", "run_autograder"):
        assert modes[name] == 0o755
        (top / "source" / name).chmod(0o755)
    (top / "submission" / "cs231n").mkdir(parents=True)
    (top / "submission" / "cs231n" / "optimization.py").write_text(ANSWER)
    (top / "results").mkdir()
    (top / "source" / "run_autograder").rename(top / "run_autograder")  # as Gradescope does
    return top


def test_it_writes_the_results_where_gradescope_looks(autograder):
    environment = {**os.environ, "AUTOGRADER": str(autograder), "PYTHON": sys.executable}
    environment.pop("PYTHONPATH", None)
    run = subprocess.run(
        [str(autograder / "run_autograder")],
        cwd=autograder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    whole = json.loads((autograder / "results" / "results.json").read_text())
    status = {each["name"]: each["status"] for each in whole["tests"]}
    assert whole["score"] == 1
    assert (status["l2_penalty"], status["l1_penalty"]) == ("passed", "failed")
    assert set(whole) == {"score", "output", "output_format", "visibility", "tests", "extra_data"}


def test_its_scripts_are_bash(autograder):
    for script in (autograder / "source" / "setup.sh", autograder / "run_autograder"):
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_only_what_grading_needs_is_uploaded(autograder):
    course = autograder / "source" / "course"
    assert (course / "instructor" / "solutions").is_dir()
    assert not list(course.rglob("*.pyc"))
    assert not (course / "instructor" / "mistakes").exists()
