"""How many cores a matrix product takes: one.

Threads of a product wait for one another. On cores that others use as well (a browser is enough)
each wait is long, and a product is many times slower than on one core.
"""

#: Numpy's library of matrix products (OpenBLAS, MKL, Apple's Accelerate) reads them when it loads.
ONE_THREAD = dict.fromkeys(
    ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1"
)


def take_one_core(environment):
    """Sets what a process, and those that it starts, go by; a user's own setting stays."""
    for name, number in ONE_THREAD.items():
        environment.setdefault(name, number)
