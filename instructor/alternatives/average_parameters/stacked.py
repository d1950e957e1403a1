"""Stacked, name by name."""

import numpy as np


def average_parameters(snapshots):
    params = {}
    for name in snapshots[0]:
        stack = np.stack([snapshot[name] for snapshot in snapshots])
        params[name] = stack.sum(axis=0) / len(snapshots)
    return params
