"""Windows as columns of a matrix, with a forward pass that keeps them: im2col and back."""

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    (N, _, H, W), (F, _, HH, WW) = x.shape, w.shape
    rows, columns = (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1
    padded = np.pad(x, ((0,), (0,), (p,), (p,)), "constant")
    places = [(i * s, j * s) for i in range(rows) for j in range(columns)]
    cols = np.stack(
        [padded[:, :, i : i + HH, j : j + WW].reshape(N, -1) for i, j in places], axis=2
    )
    out = (w.reshape(F, -1) @ cols + b[:, None]).reshape(N, F, rows, columns)
    return out, (x.shape, w, cols, places, p)


def conv_backward_naive(dout, cache):
    (N, C, H, W), w, cols, places, p = cache
    F, _, HH, WW = w.shape
    flat = dout.reshape(N, F, -1)
    dw = (flat @ cols.transpose(0, 2, 1)).sum(axis=0).reshape(w.shape)
    dcols = w.reshape(F, -1).T @ flat
    dpadded = np.zeros((N, C, H + 2 * p, W + 2 * p))
    for place, (i, j) in enumerate(places):
        dpadded[:, :, i : i + HH, j : j + WW] += dcols[:, :, place].reshape(N, C, HH, WW)
    return dpadded[:, :, p : p + H, p : p + W], dw, flat.sum(axis=(0, 2))
