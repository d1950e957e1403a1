"""Convolution and max pooling beside PyTorch on the CPU, forward and backward together."""

import statistics

import numpy as np

from benchmarks.measure import print_ratios, time_side_by_side
from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)

try:
    import torch
    from torch.nn import functional
except ImportError:
    torch = None

# images (N, C, H, W), filters (F, HH, WW), pad; stride 1
CONVOLUTIONS = (
    ((100, 3, 32, 32), (32, 7, 7), 3),
    ((100, 32, 16, 16), (64, 3, 3), 1),
    ((100, 64, 16, 16), (64, 3, 3), 1),
    ((50, 16, 32, 32), (32, 5, 5), 2),
)
POOLINGS = ((100, 32, 32, 32), (100, 64, 16, 16))  # windows 2x2, stride 2
GOALS = {np.float32: 1.5, np.float64: 1.0}  # geometric mean over the convolutions
POOLING_GOAL = 2.0
THREADS = 2
# Passes in a row: for a moment after its own, the threads of one library still keep a core busy.
PASSES = 5


def main():
    if torch is None:
        print("Convolution: skipped, for PyTorch is not installed.")
        return
    torch.set_num_threads(THREADS)
    print(f"PyTorch {torch.__version__} with {THREADS} threads; numpy's matrix product takes all")
    for dtype, goal in GOALS.items():
        ratios = [
            compare(f"convolution {shape} * {filters}, pad {pad}", conv(shape, filters, pad, dtype))
            for shape, filters, pad in CONVOLUTIONS
        ]
        mean = statistics.geometric_mean(ratios)
        verdict = "met" if mean <= goal else "MISSED"
        print(f"  geometric mean, {np.dtype(dtype).name}: {mean:.2f} x  goal {goal:g}: {verdict}")
        for shape in POOLINGS:
            compare(f"2x2 max pooling {shape}", pooling(shape, dtype), POOLING_GOAL)


def compare(title, calls, goal=None):
    """Print the two times; return the ratio of ours to PyTorch's."""
    ours, theirs, dtype = calls
    name = f"fast_layers, {PASSES} times"
    contenders = {f"PyTorch, {PASSES} times": repeated(theirs), name: repeated(ours)}
    seconds = time_side_by_side(contenders)
    baseline = next(iter(seconds))
    print_ratios(f"{title}, {np.dtype(dtype).name}", seconds, baseline, {name: goal})
    return seconds[name] / seconds[baseline]


def repeated(call):
    def run():
        for _ in range(PASSES):
            call()

    return run


def conv(shape, filters, pad, dtype):
    F, HH, WW = filters
    random = np.random.RandomState(0)
    x = random.standard_normal(shape).astype(dtype)
    w = random.standard_normal((F, shape[1], HH, WW)).astype(dtype)
    b = random.standard_normal(F).astype(dtype)
    dout = random.standard_normal((shape[0], F, *shape[2:])).astype(dtype)
    variables = [torch.from_numpy(array).requires_grad_() for array in (x, w, b)]
    upstream = torch.from_numpy(dout)

    def ours():
        _, cache = conv_forward_fast(x, w, b, {"stride": 1, "pad": pad})
        conv_backward_fast(dout, cache)

    def theirs():
        torch.autograd.grad(functional.conv2d(*variables, padding=pad), variables, upstream)

    return ours, theirs, dtype


def pooling(shape, dtype):
    random = np.random.RandomState(0)
    x = random.standard_normal(shape).astype(dtype)
    dout = random.standard_normal((*shape[:2], shape[2] // 2, shape[3] // 2)).astype(dtype)
    variable, upstream = torch.from_numpy(x).requires_grad_(), torch.from_numpy(dout)

    def ours():
        _, cache = max_pool_forward_fast(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
        max_pool_backward_fast(dout, cache)

    def theirs():
        torch.autograd.grad(functional.max_pool2d(variable, 2), variable, upstream)

    return ours, theirs, dtype


if __name__ == "__main__":
    main()
