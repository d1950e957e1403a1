"""Convolution and max pooling without loops over pixels, given code.

They compute what the naive layers compute: the same arguments, the same results. Images are
(N, C, H, W), filters (F, C, HH, WW), biases (F,).

conv_forward_fast      a matrix product of filters and windows
conv_backward_fast     three gradients, two of them by a matrix product
max_pool_forward_fast  the maximum of a few shifted views
max_pool_backward_fast each gradient to the pixel that was the maximum
"""

from cs231n.fast_layers.convolution import conv_backward_fast, conv_forward_fast
from cs231n.fast_layers.pooling import max_pool_backward_fast, max_pool_forward_fast

__all__ = [
    "conv_backward_fast",
    "conv_forward_fast",
    "max_pool_backward_fast",
    "max_pool_forward_fast",
]
