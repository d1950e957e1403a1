"""Images to columns, given code: what turns a convolution into a matrix product.

A filter of HH x WW pixels and C channels looks at one window of the image at a time. im2col makes
a column of every window, so that all filters meet all windows in one product,

    (filters, C*HH*WW) @ (C*HH*WW, windows) -> (filters, windows),

and matrix products are what processors do best. The price is memory: a pixel is copied into each
of the up to HH*WW windows that it lies in. Backwards, col2im adds up what the copies get.

Here images are channels-first of all, (C, N, H, W), with their padding. A row of the matrix then
holds what one number of a filter meets, place after place: a shifted copy of the images' rows.
"""

import numpy as np


def window_views(images, filter_size, stride, places):
    """What each number of a filter meets, as a view (C, HH, WW, N, rows, cols) of the images.

    images: (C, N, H, W), contiguous. filter_size: (HH, WW). stride: pixels from one window to the
    next. places: (rows, cols), how many windows stand below and beside each other.

    A window that reaches over the end of a row of pixels goes on in the next row: who asks for
    such places has to know what stands there. Nothing may be asked for beyond the last image.
    """
    (C, N, _, _), (rows, cols) = images.shape, places
    per_channel, per_image, per_row, per_pixel = images.strides
    return np.ndarray(
        (C, *filter_size, N, rows, cols),
        images.dtype,
        images,
        strides=(per_channel, per_row, per_pixel, per_image, stride * per_row, stride * per_pixel),
    )


def im2col(images, filter_size, stride, places, out=None):
    """Every window of the images as a column, (C*HH*WW, N*rows*cols); see window_views.

    A column holds a window's numbers in the order of channel, row, column. out: an array of that
    size to write into; fresh memory takes longer to get than to fill.
    """
    views = window_views(images, filter_size, stride, places)
    shape = np.prod(views.shape[:3]), np.prod(views.shape[3:])
    columns = np.empty(shape, images.dtype) if out is None else out
    columns.reshape(views.shape)[...] = views
    return columns


def col2im(columns, images, filter_size, stride, places):
    """Adds each number of each column to the pixel that it came from, into images."""
    views = window_views(images, filter_size, stride, places)
    parts = columns.reshape(views.shape)
    for i, j in np.ndindex(*filter_size):
        views[:, i, j] += parts[:, i, j]
