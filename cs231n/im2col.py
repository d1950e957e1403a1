"""Images to columns, given code: what turns a convolution into a matrix product.

A filter of HH x WW pixels and C channels looks at one window of the image at a time. im2col lays
every window flat, a row each, so that all filters meet all windows in one product,

    (windows, HH*WW*C) @ (HH*WW*C, filters) -> (windows, filters),

and matrix products are what processors do best. The price is memory: a pixel is copied into each
of the up to HH*WW windows that it lies in.

Here images are channels-last, (N, H, W, C): the WW*C numbers of a filter's row then lie side by
side, and a window is copied as HH long runs. Sizes and strides are pairs, height first.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def im2col(images, filter_size, stride, out=None):
    """Every window of the images as a row.

    images: (N, H, W, C), with their padding. filter_size: (HH, WW), no larger than the images.
    stride: pixels from one window to the next. out: an array to write the result into, with at
    least as many rows; fresh memory takes longer to get than to fill.

    Returns (N*H_out*W_out, HH*WW*C): windows in the order of n, row, column; within a window, in
    the order of row, column, channel.
    """
    # A view with a window at every pixel, (N, .., .., C, HH, WW): nothing is copied yet.
    windows = sliding_window_view(images, filter_size, axis=(1, 2))
    windows = windows[:, :: stride[0], :: stride[1]].transpose(0, 1, 2, 4, 5, 3)
    shape = np.prod(windows.shape[:3]), np.prod(windows.shape[3:])
    columns = np.empty(shape, images.dtype) if out is None else out[: shape[0]]
    columns.reshape(windows.shape)[:] = windows
    return columns
