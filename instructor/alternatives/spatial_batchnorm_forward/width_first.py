"""Height and width change places on the way there and on the way back."""

from cs231n.layers import batchnorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    rows = x.transpose(0, 3, 2, 1).reshape(N * H * W, C)
    out, cache = batchnorm_forward(rows, gamma, beta, bn_param)
    return out.reshape(N, W, H, C).transpose(0, 3, 2, 1), cache
