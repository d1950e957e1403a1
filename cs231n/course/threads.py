"""How many cores numpy's work takes: a matrix product one, a batch all of them.

Threads of a product wait for one another. On cores that others use as well (a browser is enough)
each wait is long, and a product is many times slower than on one core. Parts of a batch wait for
nothing: they are what is spread over the cores.
"""

import os

#: Numpy's library of matrix products (OpenBLAS, MKL, Apple's Accelerate) reads them when it loads.
ONE_THREAD = dict.fromkeys(
    ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1"
)


def take_one_core(environment):
    """Sets what a process, and those that it starts, go by; a user's own setting stays."""
    for name, number in ONE_THREAD.items():
        environment.setdefault(name, number)


def cores_for_a_batch():
    """One where each matrix product takes all cores by itself; else as many as there are."""
    if not any(os.environ.get(name) == number for name, number in ONE_THREAD.items()):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
