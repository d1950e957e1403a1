"""The convolution layer."""

import numpy as np


def conv_output_size(size, filter_size, stride, pad):
    room = size + 2 * pad - filter_size
    if room < 0 or room % stride:
        raise ValueError(
            f"a filter of size {filter_size} with stride {stride} does not fit into {size} "
            f"with pad {pad} a whole number of times"
        )
    return 1 + room // stride


def conv_num_params(num_filters, filter_size, channels, places=1):
    return num_filters * (filter_size * filter_size * channels + 1) * places


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    rows, columns = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    out = np.zeros((N, F, rows, columns), dtype=x.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        windows = padded[:, :, top : top + HH, left : left + WW]
        for f in range(F):
            out[:, f, i, j] = (windows * w[f]).sum(axis=(1, 2, 3)) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    _, _, H, W = x.shape
    F, _, HH, WW = w.shape
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    dpadded, dw, db = np.zeros_like(padded), np.zeros_like(w), np.zeros_like(b)
    for i, j in np.ndindex(dout.shape[2:]):
        top, left = i * stride, j * stride
        windows = padded[:, :, top : top + HH, left : left + WW]
        dwindows = dpadded[:, :, top : top + HH, left : left + WW]
        for f in range(F):
            dscores = dout[:, f, i, j].reshape(-1, 1, 1, 1)
            dwindows += dscores * w[f]
            dw[f] += (dscores * windows).sum(axis=0)
            db[f] += dscores.sum()
    return dpadded[:, :, pad : pad + H, pad : pad + W], dw, db
