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


class Problem(NamedTuple):
    """A convolution with stride 1, or, for filters None, 2x2 max pooling with stride 2."""

    images: tuple  # (N, C, H, W)
    filters: tuple | None  # (F, HH, WW)
    pad: int
    dtype: str


PEER, OURS = "PyTorch", "fast_layers"
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
        libraries = {PEER: theirs, OURS: ours}
        # All in one go, so that a slow minute of the machine falls on every problem alike.
        seconds = time_side_by_side(
            {
                (problem, library): functools.partial(take_turn, process, library, problem)
                for problem in PROBLEMS
                for library, process in libraries.items()
            }
        )
    for dtype, goal in GOALS.items():
        ratios = [show(p, seconds) for p in PROBLEMS if p.dtype == dtype and p.filters]
        mean = statistics.geometric_mean(ratios)
        verdict = "met" if mean <= goal else "MISSED"
        print(f"  geometric mean, {dtype}: {mean:.2f} x  goal {goal:g}: {verdict}")
        for problem in PROBLEMS:
            if problem.dtype == dtype and not problem.filters:
                show(problem, seconds, POOLING_GOAL)


def take_turn(process, library, problem):
    process.submit(pass_often, library, problem).result()


def show(problem, seconds, goal=None):
    """Print the two times; return the ratio of ours to PyTorch's."""
    images, filters, pad, dtype = problem
    title = f"convolution {images} * {filters}, pad {pad}" if filters else f"max pooling {images}"
    times = {library: seconds[problem, library] for library in (PEER, OURS)}
    print_ratios(f"{title}, {dtype}, {PASSES} times", times, PEER, {OURS: goal})
    return times[OURS] / times[PEER]


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
    make = pytorch_pass if library == PEER else fast_pass
    return make(arrays, pad, draw(*out_shape))


def fast_pass(arrays, pad, dout):
    if len(arrays) == 1:
        param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        forward, backward = max_pool_forward_fast, max_pool_backward_fast
    else:
        param = {"stride": 1, "pad": pad}
        forward, backward = conv_forward_fast, conv_backward_fast
    return lambda: backward(dout, forward(*arrays, param)[1])


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
