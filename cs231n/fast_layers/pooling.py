"""Max pooling by comparing shifted views, piece by piece of the batch."""

import numpy as np

from cs231n.fast_layers.pieces import pieces_of, spread
from cs231n.fast_layers.sizes import check_dout, check_pool, output_size


def max_pool_forward_fast(x, pool_param):
    """The largest number of each window, channel by channel.

    x: (N, C, H, W) floats. pool_param: {"pool_height", "pool_width", "stride"}, in pixels.
    Returns (out, cache): out is (N, C, H_out, W_out) with H_out = 1 + (H - pool_height) // stride,
    and W_out likewise; what is left over at the lower and right edge is in no window.

    Raises ValueError where sizes do not fit together, TypeError where the numbers are no floats.
    """
    check_pool(x, pool_param)
    places = _pool_views(x, pool_param)
    out = np.empty(places[0].shape, x.dtype)
    winner = np.empty(out.shape, np.min_scalar_type(len(places)))

    def choose(piece):
        first, *others = _pool_views(x[piece], pool_param)
        out[piece], winner[piece] = first, 0
        for place, pixel in enumerate(others, start=1):
            pixel = np.ascontiguousarray(pixel)  # read twice, and far slower to read with gaps
            better = pixel > out[piece]
            # The places go up, so the latest is the largest number. Of equals the first stays.
            np.maximum(winner[piece], better * winner.dtype.type(place), out=winner[piece])
            np.maximum(out[piece], pixel, out=out[piece])

    spread(choose, pieces_of(len(x), x[:1].nbytes + out[:1].nbytes))
    return out, (x.shape, x.dtype, winner, pool_param)


def max_pool_backward_fast(dout, cache):
    """The gradient of the maximum: it goes to the pixel that was the maximum, and to no other.

    dout: (N, C, H_out, W_out), the upstream gradient. cache: from max_pool_forward_fast.
    Returns dx, of x's shape and type. Where several pixels of a window are equal, the first one
    (row by row) gets it all. Raises ValueError where dout has another shape than the output.
    """
    shape, dtype, winner, pool_param = cache
    check_dout(dout, winner.shape)
    dx = np.empty(shape, dtype)
    bits = np.dtype(f"i{dout.itemsize}")
    windows_overlap = pool_param["stride"] < max(
        pool_param["pool_height"], pool_param["pool_width"]
    )

    def send_back(piece):
        dx[piece] = 0
        for place, dpixel in enumerate(_pool_views(dx[piece], pool_param)):
            # Cut out bit by bit: 0 times an infinite gradient would be NaN, and where() is slow.
            part = -(winner[piece] == place).astype(bits)
            part &= dout[piece].view(bits)
            if windows_overlap:
                dpixel += part.view(dout.dtype)
            else:  # nothing is there yet, and to write is faster than to add
                dpixel[...] = part.view(dout.dtype)

    spread(send_back, pieces_of(len(dx), 2 * dx[:1].nbytes))
    return dx


def _pool_views(x, pool_param):
    """For each place in a window, row by row: the pixels of x that stand there, (.., H_out, W_out).

    They are views: who writes into them writes into x.
    """
    height, width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    rows = output_size(x.shape[2], height, stride)
    cols = output_size(x.shape[3], width, stride)
    return [
        x[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
        for i, j in np.ndindex(height, width)
    ]
