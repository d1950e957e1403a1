"""Single precision for training: half the memory of float64, and about twice the speed."""

import numpy as np


def in_float32(model):
    """Turns the arrays of model.params into float32, in place; returns the model.

    With data in float32 all of its training is then done in float32. Gradient checks need the
    digits of float64.
    """
    model.params = {name: np.asarray(w, np.float32) for name, w in model.params.items()}
    return model
