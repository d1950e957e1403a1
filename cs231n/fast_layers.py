"""Convolution and max pooling without loops over pixels, given code.

They compute what the naive layers compute: the same arguments, the same results. Images are
(N, C, H, W), filters (F, C, HH, WW), biases (F,).

conv_forward_fast      a matrix product of windows and filters
conv_backward_fast     three gradients, each by a matrix product
max_pool_forward_fast  the maximum of a few shifted views
max_pool_backward_fast each gradient to the pixel that was the maximum
"""

import numpy as np

from cs231n.im2col import im2col

# A batch is worked through in pieces, so many images that their windows take about this many
# bytes (one image at least): memory stays bounded, and a piece stays in the processor's cache.
PIECE_BYTES = 4 * 2**20
CHANNELS_AT_ONCE = 8


def conv_forward_fast(x, w, b, conv_param):
    """Each filter's answer at each place: out[n, f] = x[n] slid over by w[f], plus b[f].

    x: (N, C, H, W) floats. w: (F, C, HH, WW). b: (F,). conv_param: {"stride", "pad"}, in pixels.
    Returns (out, cache): out is (N, F, H_out, W_out) with H_out = 1 + (H + 2*pad - HH) // stride,
    and W_out likewise; cache is for the backward pass.

    Raises ValueError where sizes do not fit together, TypeError where the numbers are no floats.
    """
    stride, pad = _check_conv(x, w, b, conv_param)
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = _output_size(H, HH, stride, pad), _output_size(W, WW, stride, pad)

    filters = w.transpose(2, 3, 1, 0).reshape(-1, F)  # (HH*WW*C, F), in im2col's order
    out = np.empty((N, F, H_out, W_out), np.result_type(x, w, b))
    pieces, buffer = _pieces(N, H_out * W_out, len(filters), x.dtype)
    for piece in pieces:
        windows = im2col(_padded(x[piece], pad), (HH, WW), (stride, stride), out=buffer)
        scores = windows @ filters
        scores += b
        out[piece] = scores.reshape(-1, H_out, W_out, F).transpose(0, 3, 1, 2)
    return out, (x, w, b, conv_param)


def conv_backward_fast(dout, cache):
    """The gradients of the convolution.

    dout: (N, F, H_out, W_out), the upstream gradient. cache: from conv_forward_fast.
    Returns dx, dw, db, each of the shape and type of its variable.

    dw is a product of the forward pass's windows, which are made anew, and dout. For dx see
    _image_gradient. Raises ValueError where dout has another shape than the output.
    """
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = _output_size(H, HH, stride, pad), _output_size(W, WW, stride, pad)
    _check_dout(dout, (N, F, H_out, W_out))

    dx = np.empty(x.shape, x.dtype)
    dfilters = np.zeros((HH * WW * C, F), np.result_type(x, dout))
    pieces, buffer = _pieces(N, H_out * W_out, len(dfilters), x.dtype)
    for piece in pieces:
        windows = im2col(_padded(x[piece], pad), (HH, WW), (stride, stride), out=buffer)
        dscores = np.empty((piece.stop - piece.start, H_out, W_out, F), dout.dtype)
        _copy_channels_last(dout[piece], dscores)
        dfilters += windows.T @ dscores.reshape(-1, F)
        dx[piece] = _image_gradient(dscores, w, (H, W), stride, pad)
    dw = dfilters.reshape(HH, WW, C, F).transpose(3, 2, 0, 1).astype(w.dtype, order="C")
    db = dout.sum(axis=(0, 2, 3)).astype(b.dtype)
    return dx, dw, db


def _image_gradient(dscores, w, image_size, stride, pad):
    """dscores (N, H_out, W_out, F), sent back through the filters w: (N, C, H, W).

    Backwards, every score spreads over its window, and windows overlap: the plain way multiplies
    dscores by w and adds HH*WW overlapping pieces. It is faster to collect than to add. Within a
    row, a pixel collects from the up to WW scores whose windows reached it, which is again a
    convolution: of dscores, with w from right to left. That leaves HH pieces to add, one for each
    row of the filters.
    """
    N, H_out, W_out, F = dscores.shape
    _, C, HH, WW = w.shape
    H, W = image_size

    # Scores stand stride apart, with zeros between them and WW - 1 zeros at either end.
    spaced = np.zeros((N, H_out, W + 2 * pad + WW - 1, F), dscores.dtype)
    spaced[:, :, WW - 1 : WW - 1 + stride * W_out : stride] = dscores
    spaced = spaced[:, :, pad : pad + W + WW - 1]  # what the pixels within the padding collect
    windows = im2col(spaced, (1, WW), (1, 1))

    turned = w[:, :, :, ::-1].transpose(2, 1, 3, 0).reshape(HH * C, WW * F)
    products = (turned @ windows.T).reshape(HH, C, N, H_out, W)
    padded = np.zeros((C, N, H + 2 * pad, W), products.dtype)
    for i, rows in enumerate(products):
        padded[:, :, i : i + stride * H_out : stride] += rows
    return padded[:, :, pad : pad + H].transpose(1, 0, 2, 3)


def max_pool_forward_fast(x, pool_param):
    """The largest number of each window, channel by channel.

    x: (N, C, H, W) floats. pool_param: {"pool_height", "pool_width", "stride"}, in pixels.
    Returns (out, cache): out is (N, C, H_out, W_out) with H_out = 1 + (H - pool_height) // stride,
    and W_out likewise; what is left over at the lower and right edge is in no window.

    Raises ValueError where sizes do not fit together, TypeError where the numbers are no floats.
    """
    _check_pool(x, pool_param)
    places = _pool_views(x, pool_param)
    out = np.empty(places[0].shape, x.dtype)
    winner = np.zeros(out.shape, np.min_scalar_type(len(places)))
    for piece in _slices(len(x), x[:1].nbytes + out[:1].nbytes):
        first, *others = _pool_views(x[piece], pool_param)
        out[piece] = first
        for place, pixel in enumerate(others, start=1):
            pixel = np.ascontiguousarray(pixel)  # read twice, and far slower to read with gaps
            better = pixel > out[piece]
            # The places go up, so the latest is the largest number. Of equals the first stays.
            np.maximum(winner[piece], better * winner.dtype.type(place), out=winner[piece])
            np.maximum(out[piece], pixel, out=out[piece])
    return out, (x.shape, x.dtype, winner, pool_param)


def max_pool_backward_fast(dout, cache):
    """The gradient of the maximum: it goes to the pixel that was the maximum, and to no other.

    dout: (N, C, H_out, W_out), the upstream gradient. cache: from max_pool_forward_fast.
    Returns dx, of x's shape and type. Where several pixels of a window are equal, the first one
    (row by row) gets it all. Raises ValueError where dout has another shape than the output.
    """
    shape, dtype, winner, pool_param = cache
    _check_dout(dout, winner.shape)
    dx = np.zeros(shape, dtype)
    bits = np.dtype(f"i{dout.itemsize}")
    for piece in _slices(len(dx), 2 * dx[:1].nbytes):
        for place, dpixel in enumerate(_pool_views(dx[piece], pool_param)):
            here = winner[piece] == place
            # Cut out bit by bit: 0 times an infinite gradient would be NaN, and where() is slow.
            dpixel += (dout[piece].view(bits) & -here.astype(bits)).view(dout.dtype)
    return dx


def _pool_views(x, pool_param):
    """For each place in a window, row by row: the pixels of x that stand there, (.., H_out, W_out).

    They are views: who writes into them writes into x.
    """
    height, width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    rows = _output_size(x.shape[2], height, stride)
    cols = _output_size(x.shape[3], width, stride)
    return [
        x[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
        for i, j in np.ndindex(height, width)
    ]


def _output_size(size, filter_size, stride, pad=0):
    return 1 + (size + 2 * pad - filter_size) // stride


def _pieces(N, windows, window_size, dtype):
    """How to work through N images of so many windows each.

    Returns slices that cover the images, and room for the windows of the largest slice.
    """
    pieces = _slices(N, windows * window_size * dtype.itemsize)
    images = max((piece.stop - piece.start for piece in pieces), default=0)
    return pieces, np.empty((images * windows, window_size), dtype)


def _slices(N, image_bytes):
    """Slices that cover N images, where one takes so many bytes to work on."""
    images = max(1, PIECE_BYTES // max(1, image_bytes))
    return [slice(start, min(start + images, N)) for start in range(0, N, images)]


def _padded(x, pad):
    """x (N, C, H, W), channels-last and with `pad` zeros on every side."""
    N, C, H, W = x.shape
    images = np.zeros((N, H + 2 * pad, W + 2 * pad, C), x.dtype)
    _copy_channels_last(x, images[:, pad : pad + H, pad : pad + W])
    return images


def _copy_channels_last(images, out):
    """Copies images (N, C, H, W) into out (N, H, W, C), a few channels at a time.

    A pixel's channels lie so far apart that a processor's cache has room for a few of them only,
    before it throws out what the next pixels need.
    """
    for start in range(0, images.shape[1], CHANNELS_AT_ONCE):
        channels = slice(start, start + CHANNELS_AT_ONCE)
        out[..., channels] = images[:, channels].transpose(0, 2, 3, 1)


def _check_conv(x, w, b, conv_param):
    """Returns stride and pad, or raises."""
    _check_array("x", x, "(N, C, H, W)")
    _check_array("w", w, "(F, C, HH, WW)")
    _check_array("b", b, "(F,)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(
            f"x has {x.shape[1]} channels and w has {w.shape[1]}: x {x.shape}, w {w.shape}"
        )
    if b.shape != w.shape[:1]:
        raise ValueError(f"w has {w.shape[0]} filters, so b must be ({w.shape[0]},), not {b.shape}")
    stride = _whole_number("stride", conv_param["stride"], 1)
    pad = _whole_number("pad", conv_param["pad"], 0)
    _check_window("filter", w.shape[2:], x.shape[2:], pad)
    return stride, pad


def _check_pool(x, pool_param):
    _check_array("x", x, "(N, C, H, W)")
    _whole_number("stride", pool_param["stride"], 1)
    height = _whole_number("pool_height", pool_param["pool_height"], 1)
    width = _whole_number("pool_width", pool_param["pool_width"], 1)
    _check_window("pooling window", (height, width), x.shape[2:], 0)


def _check_array(name, array, axes):
    if array.ndim != len(axes.split()):
        raise ValueError(f"{name} must be {axes}, not of shape {array.shape}")
    if 0 in array.shape[1:]:
        raise ValueError(f"{name} of shape {array.shape} has an axis of size 0")
    if array.dtype.kind != "f":
        raise TypeError(
            f"{name} holds {array.dtype}, not floats: {name}.astype(np.float32) makes them so"
        )


def _check_window(kind, window, image, pad):
    padded = tuple(size + 2 * pad for size in image)
    if any(small > large for small, large in zip(window, padded, strict=True)):
        raise ValueError(
            f"the {kind}, {window[0]} x {window[1]}, is larger than the image, "
            f"{image[0]} x {image[1]} with pad {pad}: {padded[0]} x {padded[1]}"
        )


def _check_dout(dout, shape):
    if dout.shape != shape:
        raise ValueError(f"dout must have the shape of the output, {shape}, not {dout.shape}")


def _whole_number(name, value, least):
    if not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return int(value)
