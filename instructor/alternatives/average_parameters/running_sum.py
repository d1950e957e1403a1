"""A sum that begins with zeros."""

import numpy as np


def average_parameters(snapshots):
    total = {name: np.zeros_like(w) for name, w in snapshots[0].items()}
    for each in snapshots:
        for name, w in each.items():
            total[name] += w
    for name in total:
        total[name] /= len(snapshots)
    return total
