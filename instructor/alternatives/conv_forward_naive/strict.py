"""Windows by their strides, and stricter than is asked: a size that does not fit is refused."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def padded(x, p):
    return np.pad(x, ((0,), (0,), (p,), (p,)), mode="constant")


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    xp = padded(x, p)
    N, C, H, W = xp.shape
    _, _, HH, WW = w.shape
    assert (H - HH) % s == 0, "the height does not fit"
    assert (W - WW) % s == 0, "the width does not fit"
    n, c, h, v = xp.strides
    shape = (N, C, (H - HH) // s + 1, (W - WW) // s + 1, HH, WW)
    windows = as_strided(xp, shape, (n, c, h * s, v * s, h, v), writeable=False)
    out = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return out + b[None, :, None, None], {"x": x, "w": w, "b": b, "conv_param": conv_param}
