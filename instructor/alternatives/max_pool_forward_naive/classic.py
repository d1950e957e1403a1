"""Four loops, as it is often written."""

import numpy as np


def max_pool_forward_naive(x, pool_param):
    out = None
    N, C, H, W = x.shape
    pool_height = pool_param.get("pool_height", 2)
    pool_width = pool_param.get("pool_width", 2)
    stride = pool_param.get("stride", 2)
    H_prime = int(1 + (H - pool_height) / stride)
    W_prime = int(1 + (W - pool_width) / stride)
    out = np.zeros((N, C, H_prime, W_prime))
    for n in range(N):
        for c in range(C):
            for i in range(H_prime):
                for j in range(W_prime):
                    h, v = i * stride, j * stride
                    out[n, c, i, j] = np.max(x[n, c, h : h + pool_height, v : v + pool_width])
    cache = (x, pool_param)
    return out, cache
