"""w takes the shape of the examples; one tensordot, nothing is flattened."""

import numpy as np


def affine_forward(x, w, b):
    axes = x.ndim - 1
    filters = w.reshape(*x.shape[1:], w.shape[1])
    out = np.tensordot(x, filters, axes=axes)
    out += b
    return out, {"x": x, "w": w, "b": b}
