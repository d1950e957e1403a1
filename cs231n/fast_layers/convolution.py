"""Convolution by matrix products of filters and windows, piece by piece of the batch."""

from typing import NamedTuple

import numpy as np

from cs231n.fast_layers.pieces import pieces_of, spread
from cs231n.fast_layers.sizes import check_conv, check_dout, output_size
from cs231n.im2col import col2im, im2col

# Products for nothing, at a row's end, are cheaper than to copy and add row by row up to here.
WORTH_IT = 1.25


def conv_forward_fast(x, w, b, conv_param):
    """Each filter's answer at each place: out[n, f] = x[n] slid over by w[f], plus b[f].

    x: (N, C, H, W) floats. w: (F, C, HH, WW). b: (F,). conv_param: {"stride", "pad"}, in pixels.
    Returns (out, cache): out is (N, F, H_out, W_out) with H_out = 1 + (H + 2*pad - HH) // stride,
    and W_out likewise; cache is for the backward pass.

    Raises ValueError where sizes do not fit together, TypeError where the numbers are no floats.
    """
    check_conv(x, w, b, conv_param)
    F, grid = len(w), Grid.of(x, w, conv_param)
    filters = w.reshape(F, -1)
    out = np.empty((len(x), F, grid.H_out, grid.W_out), np.result_type(x, w, b))

    def answer(piece):
        windows = grid.windows(x[piece])
        scores = (filters @ windows).reshape(F, -1, grid.H_out, grid.cols)[..., : grid.W_out]
        np.add(scores, b[:, None, None, None], out=out[piece].transpose(1, 0, 2, 3))

    spread(answer, grid.pieces(len(x), x.itemsize))
    return out, (x, w, b, conv_param)


def conv_backward_fast(dout, cache, needs_dx=True):
    """The gradients of the convolution.

    dout: (N, F, H_out, W_out), the upstream gradient. cache: from conv_forward_fast.
    needs_dx: False in a network's first layer, where x are the pictures and nobody asks how the
    loss changes with them: about half of the work.
    Returns dx, dw, db, each of the shape and type of its variable; dx is None where it is not
    needed. dw is a product of dout and the forward pass's windows, which are made anew.

    Raises ValueError where dout has another shape than the output.
    """
    x, w, b, conv_param = cache
    F, grid = len(w), Grid.of(x, w, conv_param)
    check_dout(dout, (len(x), F, grid.H_out, grid.W_out))
    dx = np.empty(x.shape, x.dtype) if needs_dx else None

    def send_back(piece):
        line = grid.in_line(dout[piece])
        dscores = line[:, grid.WW - 1 :]
        if needs_dx:
            dx[piece] = grid.image_gradient(line, w)
        return grid.windows(x[piece]) @ dscores.T, dscores.sum(axis=1)

    parts = spread(send_back, grid.pieces(len(x), x.itemsize))
    dw = sum((part for part, _ in parts), np.zeros((w[0].size, F), w.dtype))
    db = sum((part for _, part in parts), np.zeros(F, b.dtype))
    return dx, dw.T.reshape(w.shape).astype(w.dtype), db.astype(b.dtype)


class Grid(NamedTuple):
    """Where windows stand in images that lie in memory as one long line.

    The zeros to the right of a row of pixels are those to the left of the next one, so that a row
    takes W + pad numbers. With stride 1, windows are also taken at the few places of a row where
    they reach over its end (`cols` places in all, not W_out): then what a number of a filter
    meets is one stretch of memory, copied and added in one go. What comes out there is worth
    nothing. Forwards it is left out, backwards zeros stand in its place.
    """

    C: int
    H: int
    W: int
    F: int
    HH: int
    WW: int
    stride: int
    pad: int
    H_out: int
    W_out: int
    row: int  # numbers from one row of pixels to the next
    cols: int  # places in a row

    @classmethod
    def of(cls, images, filters, conv_param):
        """The grid of images (N, C, H, W) and filters (F, C, HH, WW)."""
        (_, C, H, W), (F, _, HH, WW) = images.shape, filters.shape
        stride, pad = int(conv_param["stride"]), int(conv_param["pad"])
        H_out, W_out = output_size(H, HH, stride, pad), output_size(W, WW, stride, pad)
        row = max(W + pad, 1 + stride * (W_out - 1))
        cols = row if stride == 1 and row <= WORTH_IT * W_out else W_out
        return cls(C, H, W, F, HH, WW, stride, pad, H_out, W_out, row, cols)

    def pieces(self, N, itemsize):
        """The batch in pieces, by what the windows of an image take."""
        return pieces_of(N, self.C * self.HH * self.WW * self.H_out * self.cols * itemsize)

    def zeros(self, n, dtype):
        """Room for n images in line, with their padding: (C, n, rows, row)."""
        reach = (self.cols - 1) * self.stride + self.WW  # of the windows in the last row
        rows = self.H + 2 * self.pad - 1 + -(-reach // self.row)
        return np.zeros((self.C, n, rows, self.row), dtype)

    def pixels(self, images):
        """The images (C, n, H, W) without their padding, a view."""
        return images[:, :, self.pad : self.pad + self.H, self.pad : self.pad + self.W]

    def windows(self, x):
        """The windows of x (n, C, H, W) as columns."""
        images = self.zeros(len(x), x.dtype)
        self.pixels(images)[...] = x.transpose(1, 0, 2, 3)
        return im2col(images, (self.HH, self.WW), self.stride, (self.H_out, self.cols))

    def in_line(self, dout):
        """dout (n, F, H_out, W_out) as (F, WW - 1 + n*H_out*cols), the first WW - 1 being zeros."""
        lead, n = self.WW - 1, len(dout)
        line = np.zeros((self.F, lead + n * self.H_out * self.cols), dout.dtype)
        places = line[:, lead:].reshape(self.F, n, self.H_out, self.cols, copy=False)
        places[..., : self.W_out] = dout.transpose(1, 0, 2, 3)
        return line

    def image_gradient(self, line, w):
        """dx (n, C, H, W) of upstream gradients in line: each goes back through the filters w.

        Every score spreads over its window, and windows overlap: the plain way multiplies scores
        by w and adds HH*WW overlapping parts. With few filters it is faster to collect than to
        add. Within a line, a pixel collects from the WW scores whose windows reached it, which is
        again a convolution, with w from right to left; HH parts are left to add.
        """
        lead, places = self.WW - 1, (self.H_out, self.cols)
        if self.cols == self.row and self.F < self.C * self.HH:
            scores = im2col(line[:, None, None], (1, self.WW), 1, (1, line.shape[1] - lead))
            filters = w[..., ::-1].transpose(1, 2, 0, 3).reshape(self.C * self.HH, -1)
            size = self.HH, 1
        else:
            scores, filters, size = line[:, lead:], w.reshape(self.F, -1).T, (self.HH, self.WW)
        images = self.zeros(scores.shape[1] // np.prod(places), np.result_type(line, w))
        col2im(filters @ scores, images, size, self.stride, places)
        return self.pixels(images).transpose(1, 0, 2, 3)
