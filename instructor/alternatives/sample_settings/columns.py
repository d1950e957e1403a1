"""All numbers of a name at once."""

import numpy as np


def sample_settings(ranges, num, seed):
    random = np.random.RandomState(seed)
    columns = {}
    for name, where in ranges.items():
        if isinstance(where, list):
            columns[name] = [where[i] for i in random.randint(0, len(where), size=num)]
        elif where[2] == "log":
            columns[name] = 10 ** random.uniform(*np.log10(where[:2]), size=num)
        else:
            columns[name] = random.uniform(where[0], where[1], size=num)
    return [{name: column[i] for name, column in columns.items()} for i in range(num)]
