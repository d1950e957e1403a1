"""Four loops and a mask; all that are largest get the gradient."""

import numpy as np


def max_pool_backward_naive(dout, cache):
    dx = None
    x, pool_param = cache
    N, C, H_out, W_out = dout.shape
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    h, v = i * stride, j * stride
                    window = x[n, c, h : h + pool_height, v : v + pool_width]
                    mask = window == np.max(window)
                    dx[n, c, h : h + pool_height, v : v + pool_width] += mask * dout[n, c, i, j]
    return dx
