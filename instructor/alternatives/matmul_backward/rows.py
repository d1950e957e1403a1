"""Row by row: an outer product for each."""

import numpy as np


def matmul_backward(dout, x, w):
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for n, row in enumerate(dout):
        dx[n] = w @ row
        dw += np.outer(x[n], row)
    return [dx, dw]
