"""Writes into a copy where the mask is zero."""


def dropout_backward(dout, cache):
    mode, mask = cache
    dx = dout.copy()
    if mode != "test":
        dx[mask == 0] = 0
        dx *= mask.max()
    return dx
