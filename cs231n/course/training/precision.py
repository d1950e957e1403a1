"""Single precision for training: half the memory of float64, and about twice the speed."""

import numpy as np


def in_float32(model):
    """Puts float32 arrays in the place of those in model.params, the same dict; returns the model.

    A model that keeps a dtype has that one then. With data in float32 all of its training is done
    in float32. Gradient checks need the digits of float64.
    """
    model.params.update({name: np.asarray(w, np.float32) for name, w in model.params.items()})
    if hasattr(model, "dtype"):
        model.dtype = np.float32
    return model
