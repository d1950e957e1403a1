"""By einsum; the cache holds a mask of the winners."""

import numpy as np


def maxout_forward(x, w, b):
    pieces = np.einsum("nd,kdm->nkm", x, w) + b
    winners = np.argmax(pieces, axis=1)
    out = np.take_along_axis(pieces, winners[:, None], axis=1)[:, 0]
    return out, (x, w, b, winners)
