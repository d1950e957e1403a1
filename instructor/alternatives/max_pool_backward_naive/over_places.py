"""A loop over places only; pictures and channels at once."""

import numpy as np


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    s, PH, PW = pool_param["stride"], pool_param["pool_height"], pool_param["pool_width"]
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = np.s_[:, :, i * s : i * s + PH, j * s : j * s + PW]
            largest = x[place].max(axis=(2, 3), keepdims=True)
            dx[place] += (x[place] == largest) * dout[:, :, i, j][:, :, None, None]
    return dx
