"""Positions from a stable argsort, and lists in place of tuples."""

import numpy as np


def narrow(ranges, results, keep):
    order = np.argsort([-accuracy for _, accuracy in results], kind="stable")[:keep]
    best = [results[i][0] for i in order]
    new = {}
    for name in ranges:
        if isinstance(ranges[name], list):
            new[name] = []
            for choice in ranges[name]:
                if any(settings[name] == choice for settings in best):
                    new[name].append(choice)
            continue
        low, high, scale = ranges[name]
        values = np.clip([settings[name] for settings in best], low, high)
        new[name] = [values.min(), values.max(), scale]
    return new
