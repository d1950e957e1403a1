"""Four loops and one window at a time, as it is often written."""

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    out = None
    stride = conv_param.get("stride", 1)
    pad = conv_param.get("pad", 0)
    N, _, H, W = x.shape
    num_filters, _, filter_height, filter_width = w.shape
    H_prime = int(1 + (H + 2 * pad - filter_height) / stride)
    W_prime = int(1 + (W + 2 * pad - filter_width) / stride)
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant", constant_values=0)
    out = np.zeros((N, num_filters, H_prime, W_prime))
    for n in range(N):
        for f in range(num_filters):
            for i in range(H_prime):
                for j in range(W_prime):
                    h, v = i * stride, j * stride
                    window = x_pad[n, :, h : h + filter_height, v : v + filter_width]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    cache = (x, w, b, conv_param)
    return out, cache
