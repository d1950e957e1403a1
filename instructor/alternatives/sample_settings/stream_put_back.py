"""The global stream, put back where it was."""

import numpy as np


def sample_settings(ranges, num, seed):
    before = np.random.get_state()
    np.random.seed(seed)
    settings = []
    for _ in range(num):
        one = {}
        for name, where in ranges.items():
            if isinstance(where, list):
                one[name] = where[np.random.choice(len(where))]
            elif where[2] == "log":
                one[name] = float(np.exp(np.random.uniform(np.log(where[0]), np.log(where[1]))))
            else:
                one[name] = float(np.random.uniform(where[0], where[1]))
        settings.append(one)
    np.random.set_state(before)
    return settings
