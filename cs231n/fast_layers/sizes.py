"""What the arguments of the fast layers must be, and the sizes that follow from them."""

import numpy as np


def output_size(size, filter_size, stride, pad=0):
    """How many windows stand side by side along an axis, in pixels."""
    return 1 + (size + 2 * pad - filter_size) // stride


def check_conv(x, w, b, conv_param):
    """Returns stride and pad, or raises ValueError or TypeError."""
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


def check_pool(x, pool_param):
    """Raises ValueError or TypeError where images and windows do not fit together."""
    _check_array("x", x, "(N, C, H, W)")
    _whole_number("stride", pool_param["stride"], 1)
    height = _whole_number("pool_height", pool_param["pool_height"], 1)
    width = _whole_number("pool_width", pool_param["pool_width"], 1)
    _check_window("pooling window", (height, width), x.shape[2:], 0)


def check_dout(dout, shape):
    """Raises ValueError where dout has another shape than the output."""
    if dout.shape != shape:
        raise ValueError(f"dout must have the shape of the output, {shape}, not {dout.shape}")


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


def _whole_number(name, value, least):
    if not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return int(value)
