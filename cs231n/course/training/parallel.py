"""Many independent runs, on one core or several, with the same result."""

import gc
import os

import numpy as np
from joblib import Parallel, delayed
from tqdm.auto import tqdm


def in_parallel(function, settings, n_jobs=1, seed=0):
    """[function(*setting) for setting in settings], n_jobs at a time, with a progress bar.

    Each call starts with numpy's global random stream at `seed`, so that the results depend
    neither on n_jobs nor on the order. With n_jobs above 1 the calls run in processes of their
    own (joblib), and what they return must be picklable. Under joblib's
    parallel_config(backend="dask") they run on a Dask cluster, with the same results.
    """
    calls = (delayed(_seeded)(function, setting, seed, os.getpid()) for setting in settings)
    # In order, and one by one, so that the bar moves as they end.
    results = Parallel(n_jobs=n_jobs, return_as="generator")(calls)
    return list(tqdm(results, total=len(settings), desc="runs"))


def _seeded(function, setting, seed, caller):
    if os.getpid() != caller:
        # An earlier function that came by pickle, data and all, refers to itself, and would stay.
        gc.collect()
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        return function(*setting)
    finally:
        np.random.set_state(before)
