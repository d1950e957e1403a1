"""The convolution layer: small filters that slide over pictures, the same at every place."""

import numpy as np


def conv_output_size(size, filter_size, stride, pad):
    """How many places a filter has along one side: 1 + (size + 2 * pad - filter_size) / stride.

    size: height or width of the picture. filter_size: that of the filter. stride: how far the
    filter moves from one place to the next. pad: how many zeros are put at each of the two ends.

    Returns an int. Raises ValueError, with all four numbers in its text, where the steps do not
    end exactly at the last place, or where the filter is larger than the padded picture.
    """
    # TODO: how much room is there for the filter to move? % tells whether the stride divides it,
    # and // divides integers into an integer.
    raise NotImplementedError("TODO: conv_output_size")


def conv_num_params(num_filters, filter_size, channels, places=1):
    """How many numbers a convolution layer learns: the weights of its filters, and their biases.

    num_filters: how many filters there are. filter_size: height and width of a filter. channels:
    of the input; a filter goes through all of them. places: how many places of the output have
    filters and biases of their own. In a convolution layer all of them share: that counts as 1.

    Returns an int.
    """
    # TODO: one line. How many weights has one filter, and how many biases?
    raise NotImplementedError("TODO: conv_num_params")


def conv_forward_naive(x, w, b, conv_param):
    """A convolution layer, written with loops so that it can be read.

    Shapes: N pictures with C channels of height H and width W; F filters of height HH and width
    WW, each with C channels. x: (N, C, H, W). w: (F, C, HH, WW). b: (F,). conv_param: a dict with

    - stride: how many pixels lie between neighbouring windows, in both directions;
    - pad: how many rows and columns of zeros are put around each picture, on all four sides.

    out[n, f, i, j] is the sum of w[f] * window, plus b[f], where window is the (C, HH, WW) part of
    the padded picture n whose upper left corner is at row i * stride, column j * stride. Filters
    are not flipped: what networks call a convolution is the cross-correlation of mathematics.

    Returns (out, cache): out (N, F, H', W') with H' = 1 + (H + 2 * pad - HH) // stride and
    W' = 1 + (W + 2 * pad - WW) // stride, and what conv_backward_naive needs.

    The arrays given stay as they are.
    """
    # TODO: np.pad the last two axes with zeros, into a new array. Then a loop over the places
    # (i, j) of the output, and over pictures and filters as you like it.
    raise NotImplementedError("TODO: conv_forward_naive")


def conv_backward_naive(dout, cache):
    """The gradients of the loss with respect to x, w and b.

    dout: (N, F, H', W'), the gradient with respect to out. cache: from conv_forward_naive.

    Returns (dx, dw, db), each in the shape of x (N, C, H, W), w (F, C, HH, WW) and b (F,).

    The arrays given stay as they are.
    """
    # TODO: the same loops. Each number of dout sends a gradient to its window and to its filter;
    # windows overlap, so these add up. The gradient of the padding is cut off at the end.
    raise NotImplementedError("TODO: conv_backward_naive")
