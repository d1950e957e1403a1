"""A dict for the cache, with rows and shape; einsum; a list is returned."""

import numpy as np


def affine_forward(x, w, b):
    rows = x.reshape(-1, w.shape[0])
    return rows @ w + b, {"rows": rows, "w": w, "shape": x.shape}


def affine_backward(dout, cache):
    dx = np.einsum("nm,dm->nd", dout, cache["w"]).reshape(cache["shape"])
    dw = np.einsum("nd,nm->dm", cache["rows"], dout)
    return [dx, dw, np.einsum("nm->m", dout)]
