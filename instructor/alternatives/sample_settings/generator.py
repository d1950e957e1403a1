"""Numpy's newer generator, and powers of a quotient."""

import numpy as np


def sample_settings(ranges, num, seed):
    rng = np.random.default_rng(seed)
    settings = []
    for _ in range(num):
        drawn = {}
        for name, where in ranges.items():
            if type(where) is list:
                drawn[name] = where[rng.integers(len(where))]
                continue
            low, high, scale = where
            u = rng.random()
            drawn[name] = low * (high / low) ** u if scale == "log" else low + (high - low) * u
        settings.append(drawn)
    return settings
