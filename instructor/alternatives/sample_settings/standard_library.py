"""Python's own random numbers."""

import math
import random


def sample_settings(ranges, num, seed):
    stream = random.Random(seed)

    def draw(where):
        if isinstance(where, list):
            return stream.choice(where)
        low, high, scale = where
        if scale == "linear":
            return stream.uniform(low, high)
        return 10 ** stream.uniform(math.log10(low), math.log10(high))

    return [{name: draw(where) for name, where in ranges.items()} for _ in range(num)]
