"""A loop over everything, and no padded copy."""

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    total = b[f]
                    for c in range(C):
                        for k in range(HH):
                            for m in range(WW):
                                row, column = i * stride + k - pad, j * stride + m - pad
                                if 0 <= row < H and 0 <= column < W:
                                    total += x[n, c, row, column] * w[f, c, k, m]
                    out[n, f, i, j] = total
    cache = (x, w, b, conv_param)
    return out, cache
