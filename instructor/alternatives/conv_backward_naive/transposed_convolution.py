"""dx as a convolution of dout, spread out by the stride, with the filters turned by 180 degrees."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv_backward_naive(dout, cache):
    x, w, _, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    (N, _, H, W), (F, _, HH, WW) = x.shape, w.shape
    spread = np.zeros((N, F, H + 2 * p + HH - 1, W + 2 * p + WW - 1))
    rows, columns = dout.shape[2:]
    spread[:, :, HH - 1 : HH - 1 + s * rows : s, WW - 1 : WW - 1 + s * columns : s] = dout
    windows = sliding_window_view(spread, (HH, WW), axis=(2, 3))
    dx = np.einsum("nfijkl,fckl->ncij", windows, w[:, :, ::-1, ::-1])[:, :, p : p + H, p : p + W]
    padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dw = np.zeros_like(w)
    for k, m in np.ndindex(HH, WW):
        shifted = padded[:, :, k : k + s * rows : s, m : m + s * columns : s]
        dw[:, :, k, m] = np.einsum("nfij,ncij->fc", dout, shifted)
    return dx, dw, np.einsum("nfij->f", dout)
