"""A loop over the filter's entries: each weight times a shifted picture."""

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    (N, C, H, W), (F, _, HH, WW) = x.shape, w.shape
    rows, columns = 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s
    padded = np.zeros((N, C, H + 2 * p, W + 2 * p))
    padded[:, :, p : p + H, p : p + W] = x
    out = np.zeros((N, F, rows, columns)) + b.reshape(1, -1, 1, 1)
    for k in range(HH):
        for m in range(WW):
            shifted = padded[:, :, k : k + s * rows : s, m : m + s * columns : s]
            out += np.tensordot(shifted, w[:, :, k, m], axes=(1, 1)).transpose(0, 3, 1, 2)
    return out, (x, w, b, conv_param)
