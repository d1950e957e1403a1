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


def im2col(images, filter_size, stride, out=None):
    """Every window of the images as a row.

    images: (N, H, W, C), with their padding. filter_size: (HH, WW), no larger than the images.
    stride: pixels from one window to the next. out: an array to write the result into, with at
    least as many rows; fresh memory takes longer to get than to fill.

    Returns (N*H_out*W_out, HH*WW*C): windows in the order of n, row, column; within a window, in
    the order of row, column, channel.
    """
    images = np.ascontiguousarray(images)
    (N, H, W, C), (HH, WW) = images.shape, filter_size
    H_out, W_out = 1 + (H - HH) // stride[0], 1 + (W - WW) // stride[1]
    # A view of every window's rows, each of them as one lump of bytes: lumps are copied whole,
    # about twice as fast as number by number.
    row = np.dtype((np.void, WW * C * images.itemsize))
    per_image, per_row, per_pixel, _ = images.strides
    strides = (per_image, per_row * stride[0], per_pixel * stride[1], per_row)
    windows = np.ndarray((N, H_out, W_out, HH), row, images, strides=strides)
    shape = N * H_out * W_out, HH * WW * C
    columns = np.empty(shape, images.dtype) if out is None else out[: shape[0]]
    columns.view(row).reshape(windows.shape)[...] = windows
    return columns
