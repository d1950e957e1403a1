"""Positions from np.meshgrid, in another order."""

import numpy as np


def grid_settings(ranges, per_axis):
    axes = []
    for where in ranges.values():
        if isinstance(where, list):
            axes.append(list(where))
        elif where[2] == "log":
            exponents = np.linspace(np.log10(where[0]), np.log10(where[1]), per_axis)
            axes.append((10**exponents).tolist())
        else:
            axes.append(np.linspace(where[0], where[1], per_axis).tolist())
    places = np.meshgrid(*[np.arange(len(axis)) for axis in axes])
    rows = np.stack([each.ravel() for each in places], axis=1)
    return [
        {name: axis[i] for name, axis, i in zip(ranges, axes, row, strict=True)} for row in rows
    ]
