"""The best before the last `patience` entries against the best of those."""

import numpy as np


def early_stop(val_history, patience):
    history = np.array(val_history)
    best = np.argmax(history)
    early, late = history[:-patience], history[-patience:]
    return best, early.size > 0 and bool(late.max() <= early.max())
