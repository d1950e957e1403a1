"""A small search, as a script: `python searching.py OUT [--cluster] [--kill]`.

--cluster: on a Dask cluster of two workers on this machine. --kill: a worker is killed in the
middle, once. OUT gets a line of JSON: the accuracies, and how many processes they came from.
"""

import json
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from joblib import parallel_config

from cs231n.classifiers import FullyConnectedNet
from cs231n.course.training.parallel import in_parallel
from cs231n.solver import Solver
from cs231n.tuning import sample_settings

RANGES = {
    "learning_rate": (1e-3, 1.0, "log"),
    "keep": (0.5, 1.0, "linear"),
    "hidden": [[10], [20, 10]],
}


def clouds():
    random = np.random.RandomState(0)
    y = np.arange(400) % 4
    X = random.normal(size=(4, 6))[y] + random.normal(size=(400, 6))
    return {"X_train": X[:300], "y_train": y[:300], "X_val": X[300:], "y_val": y[300:]}


def accuracy_of(number, settings, tombstone):
    """(validation accuracy, process) of a training; the fourth ends its process, the first time."""
    if number == 3 and tombstone and not tombstone.exists():
        tombstone.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    net = FullyConnectedNet(settings["hidden"], 6, 4, settings["keep"], weight_scale=0.3)
    rate = {"learning_rate": settings["learning_rate"]}
    solver = Solver(net, clouds(), optim_config=rate, num_epochs=3, verbose=False)
    solver.train()
    return solver.best_val_acc, os.getpid()


def main(out, *options):
    tombstone = out.with_suffix(".killed") if "--kill" in options else None
    drawn = sample_settings(RANGES, 8, seed=0)
    calls = [(number, settings, tombstone) for number, settings in enumerate(drawn)]
    with ExitStack() as stack:
        if "--cluster" in options:
            from distributed import Client, LocalCluster

            machines = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
            stack.enter_context(machines)
            stack.enter_context(Client(machines))
            stack.enter_context(parallel_config(backend="dask"))
        results = in_parallel(accuracy_of, calls, n_jobs=2 if "--cluster" in options else 1)
    accuracies, processes = zip(*results, strict=True)
    out.write_text(json.dumps([accuracies, len(set(processes))]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
