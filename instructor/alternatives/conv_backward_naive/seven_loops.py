"""A loop over everything, and no padded copy."""

import numpy as np


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    _, C, H, W = x.shape
    _, _, HH, WW = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n, f, i, j in np.ndindex(dout.shape):
        g = dout[n, f, i, j]
        db[f] += g
        for c in range(C):
            for k in range(HH):
                for m in range(WW):
                    row, column = i * stride + k - pad, j * stride + m - pad
                    if 0 <= row < H and 0 <= column < W:
                        dx[n, c, row, column] += g * w[f, c, k, m]
                        dw[f, c, k, m] += g * x[n, c, row, column]
    return dx, dw, db
