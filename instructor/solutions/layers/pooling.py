"""Max pooling."""

import numpy as np


def max_pool_forward_naive(x, pool_param):
    height, width, stride = (pool_param[name] for name in ("pool_height", "pool_width", "stride"))
    N, C, H, W = x.shape
    rows, columns = 1 + (H - height) // stride, 1 + (W - width) // stride
    out = np.zeros((N, C, rows, columns), dtype=x.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        out[:, :, i, j] = x[:, :, top : top + height, left : left + width].max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    height, width, stride = (pool_param[name] for name in ("pool_height", "pool_width", "stride"))
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + height, left : left + width]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, top + row, left + column] += dout[n, c, i, j]
    return dx
