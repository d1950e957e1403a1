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

from benchmarks.measure import Row, print_table, time_side_by_side
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


def rows():
    """The ratios of ours to PyTorch's."""
    if find_spec("torch") is None:
        print("Convolution is skipped, for PyTorch is not installed.")
        return
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
    ratios = {key: value / seconds[key[0], PEER] for key, value in seconds.items()}
    for dtype, goal in GOALS.items():
        for library, highest in ((OURS, goal), (PRODUCTS, None)):
            of_type = [
                ratio
                for (problem, who), ratio in ratios.items()
                if who == library and problem.filters and problem.dtype == dtype
            ]
            mean = statistics.geometric_mean(of_type)
            yield Row(f"convolutions, {dtype}, mean: {library} / {PEER}", mean, "x", highest)
    for (problem, library), ratio in ratios.items():
        if library != PEER:
            goal = None if problem.filters else POOLING_GOAL
            yield Row(f"{title_of(problem)}: {library} / {PEER}", ratio, "x", goal)


def title_of(problem):
    images, filters, pad, dtype = problem
    kind = f"convolution {images} * {filters}, pad {pad}" if filters else f"max pooling {images}"
    return f"{kind}, {dtype}"


def take_turn(process, library, problem):
    process.submit(pass_often, library, problem).result()


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
    print_table(rows())
