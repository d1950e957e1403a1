"""The course's own numerical gradient, output by output."""

import numpy as np

from cs231n.gradient_check import eval_numerical_gradient_array


def numerical_jacobian(f, x, h=1e-5):
    moved = x.copy()
    M = len(f(moved))
    picks = np.eye(M)
    return np.stack(
        [eval_numerical_gradient_array(lambda _: f(moved) + 0, moved, p, h) for p in picks]
    )
