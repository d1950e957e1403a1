"""Runs nbval, for tests that look at what it makes of the notebooks."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree


def nbval(tree, dataset, *options, notebooks="notebooks"):
    """Runs nbval; returns {(notebook, number of the code cell): (outcome, text)}."""
    report = tree.parent / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval-lax", notebooks, "-p", "no:xdist"]
    environment = {**os.environ, "CS231N_DATASET": dataset}
    environment.pop("PYTEST_ADDOPTS", None)
    run = subprocess.run(
        [*command, f"--junitxml={report}", *options],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.is_file(), run.stdout + run.stderr
    return {_place(case): _outcome(case) for case in ElementTree.parse(report).iter("testcase")}


def _place(case):
    """('06_two_layer_net', 5) of the class notebooks.06_two_layer_net.ipynb and the name Cell 5."""
    return case.get("classname").split(".")[1], int(case.get("name").removeprefix("Cell "))


def _outcome(case):
    for tag in ("failure", "error"):
        if (element := case.find(tag)) is not None:
            return "failed", element.text
    if (element := case.find("skipped")) is not None:
        text = element.get("message") or ""
        return ("xfailed" if element.get("type") == "pytest.xfail" else "skipped"), text
    return "passed", ""


def failures(outcomes):
    return [text for outcome, text in outcomes.values() if outcome == "failed"]
