"""Windows as columns of a matrix: im2col."""

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    rows, columns = (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1
    padded = np.pad(x, ((0,), (0,), (p,), (p,)), "constant")
    cols = np.stack(
        [
            padded[:, :, i * s : i * s + HH, j * s : j * s + WW].reshape(N, -1)
            for i in range(rows)
            for j in range(columns)
        ],
        axis=2,
    )
    out = w.reshape(F, -1) @ cols + b[:, None]
    return out.reshape(N, F, rows, columns), (x, w, b, conv_param, cols)
