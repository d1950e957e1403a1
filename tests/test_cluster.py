"""A search on a cluster: Dask, with two workers on this machine; one of them is killed."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("searching.py")
SECONDS = 120

pytestmark = pytest.mark.skipif(
    find_spec("distributed") is None, reason="dask is not installed: pip install -e '.[cluster]'"
)


@pytest.fixture(scope="module")
def search(solved, tmp_path_factory):
    """Runs the search in the solved tree; returns (accuracies, number of processes)."""
    folder = tmp_path_factory.mktemp("search")

    def search_it(*options):
        out = folder / f"{'-'.join(options) or 'here'}.json"
        command = [sys.executable, str(SCRIPT), str(out), *options]
        environment = {**os.environ, "PYTHONPATH": str(solved)}
        run = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        assert run.returncode == 0, run.stderr
        assert out.with_suffix(".killed").exists() == ("--kill" in options)
        return json.loads(out.read_text())

    return search_it


@pytest.fixture(scope="module")
def in_one_process(search):
    accuracies, processes = search()
    assert processes == 1
    assert len(set(accuracies)) > 3
    return accuracies


def test_two_workers_find_what_one_process_finds(search, in_one_process):
    accuracies, processes = search("--cluster")
    assert processes == 2
    assert accuracies == in_one_process


def test_a_killed_worker_costs_no_result(search, in_one_process):
    accuracies, _ = search("--cluster", "--kill")
    assert accuracies == in_one_process
