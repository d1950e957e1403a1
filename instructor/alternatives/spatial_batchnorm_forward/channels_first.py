"""Channels to the front, everything else in one row, then transposed."""

import numpy as np

from cs231n.layers import batchnorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    in_front = x.swapaxes(0, 1)
    rows = in_front.reshape(len(in_front), -1).T
    out, cache = batchnorm_forward(rows, gamma, beta, bn_param)
    return out.T.reshape(in_front.shape).swapaxes(0, 1), (cache, np.shape(x))
