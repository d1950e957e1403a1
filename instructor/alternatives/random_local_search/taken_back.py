"""In place on a copy; a step that leads up is taken back from a second copy."""

import numpy as np


def random_local_search(loss, W, num_tries, step_size=1e-3):
    here, value = np.copy(W), loss(W)
    for step in np.random.standard_normal((num_tries, *W.shape)):
        before = here.copy()
        here += step_size * step
        new = loss(here)
        value, here = (new, here) if new < value else (value, before)
    return here, value
