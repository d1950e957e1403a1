"""Convolution and max pooling beside PyTorch on the CPU, forward and backward together.

Each library has a process of its own, and they take turns: in one process, the threads that one
library leaves behind can halve the speed of the other's for seconds. Ours runs as in the course's
kernels: a matrix product on one core, the batch spread over all.
"""

import functools
import multiprocessing
import os
import statistics
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from benchmarks.measure import print_ratios, time_side_by_side
from cs231n.course.threads import take_one_core
from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from cs231n.fast_layers.convolution import Grid
from cs231n.fast_layers.pieces import spread


class Problem(NamedTuple):
    """A convolution with stride 1, or, for filters None, 2x2 max pooling with stride 2."""

    images: tuple  # (N, C, H, W)
    filters: tuple | None  # (F, HH, WW)
    pad: int
    dtype: str


PEER, OURS, PRODUCTS = "PyTorch", "fast_layers", "its matrix products alone"
GOALS = {"float32": 1.0, "float64": 0.5}  # geometric mean over the convolutions
POOLING_GOAL = 0.8
PROBLEMS = [
    Problem(*sizes, dtype)
    for dtype in GOALS
    for sizes in (
        ((100, 3, 32, 32), (32, 7, 7), 3),
        ((100, 32, 16, 16), (64, 3, 3), 1),
        ((100, 64, 16, 16), (64, 3, 3), 1),
        ((50, 16, 32, 32), (32, 5, 5), 2),
        ((100, 32, 32, 32), None, 0),
        ((100, 64, 16, 16), None, 0),
    )
]
THREADS = os.cpu_count()
PASSES = 5  # in a row, so that the turn-taking costs nothing beside them


def main():
    if find_spec("torch") is None:
        print("Convolution: skipped, for PyTorch is not installed.")
        return
    print(f"Convolution beside PyTorch, {THREADS} threads each")
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as theirs, ProcessPoolExecutor(1, spawn) as ours:
        theirs.submit(int).result()  # started before the environment changes
        take_one_core(os.environ)
        libraries = {PEER: theirs, OURS: ours, PRODUCTS: ours}
        # All in one go, so that a slow minute of the machine falls on every problem alike.
        seconds = time_side_by_side(
            {
                (problem, library): functools.partial(take_turn, process, library, problem)
                for problem in PROBLEMS
                for library, process in libraries.items()
                if problem.filters or library != PRODUCTS
            }
        )
    for dtype, goal in GOALS.items():
        ratios = [show(p, seconds) for p in PROBLEMS if p.dtype == dtype and p.filters]
        ours, products = map(statistics.geometric_mean, zip(*ratios, strict=True))
        verdict = "met" if ours <= goal else "MISSED"
        print(f"  geometric mean, {dtype}: {ours:.2f} x  goal {goal:g}: {verdict}")
        print(f"  of that the matrix products, at numpy's speed: {products:.2f} x")
        for problem in PROBLEMS:
            if problem.dtype == dtype and not problem.filters:
                show(problem, seconds, POOLING_GOAL)


def take_turn(process, library, problem):
    process.submit(pass_often, library, problem).result()


def show(problem, seconds, goal=None):
    """Print the times; return the ratios of ours to PyTorch's."""
    images, filters, pad, dtype = problem
    title = f"convolution {images} * {filters}, pad {pad}" if filters else f"max pooling {images}"
    times = {library: time for (of, library), time in seconds.items() if of == problem}
    print_ratios(f"{title}, {dtype}, {PASSES} times", times, PEER, {OURS: goal})
    return [times[library] / times[PEER] for library in times if library != PEER]


def pass_often(library, problem):
    one_pass = prepare(library, problem)
    for _ in range(PASSES):
        one_pass()


@functools.cache
def prepare(library, problem):
    """A function that goes forward and backward once."""
    images, filters, pad, dtype = problem
    random = np.random.RandomState(0)

    def draw(*shape):
        return random.standard_normal(shape).astype(dtype)

    if filters is None:
        arrays, out_shape = [draw(*images)], (*images[:2], images[2] // 2, images[3] // 2)
    else:
        F, HH, WW = filters
        arrays = [draw(*images), draw(F, images[1], HH, WW), draw(F)]
        out_shape = (images[0], F, *images[2:])
    make = {PEER: pytorch_pass, OURS: fast_pass, PRODUCTS: products_of_a_pass}
    return make[library](arrays, pad, draw(*out_shape))


def fast_pass(arrays, pad, dout):
    if len(arrays) == 1:
        param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        forward, backward = max_pool_forward_fast, max_pool_backward_fast
    else:
        param = {"stride": 1, "pad": pad}
        forward, backward = conv_forward_fast, conv_backward_fast
    return lambda: backward(dout, forward(*arrays, param)[1])


def products_of_a_pass(arrays, pad, dout):
    """What bounds the fast pass: the same multiplications, with no copy before or after them."""
    x, w, _ = arrays
    grid = Grid.of(x, w, {"stride": 1, "pad": pad})
    filters, pieces = w.reshape(len(w), -1), grid.pieces(len(x), x.itemsize)
    windows, scores = grid.windows(x[pieces[0]]), grid.in_line(dout[pieces[0]])
    scores = scores[:, grid.WW - 1 :]

    def multiply(_):
        return filters @ windows, windows @ scores.T, filters.T @ scores

    return lambda: spread(multiply, pieces)


def pytorch_pass(arrays, pad, dout):
    import torch  # in its own process only

    torch.set_num_threads(THREADS)
    variables = [torch.from_numpy(array).requires_grad_() for array in arrays]
    upstream = torch.from_numpy(dout)

    def forward():
        if len(variables) == 1:
            return torch.nn.functional.max_pool2d(*variables, 2)
        return torch.nn.functional.conv2d(*variables, padding=pad)

    return lambda: torch.autograd.grad(forward(), variables, upstream)


if __name__ == "__main__":
    main()
