"""On a copy of dout."""


def elu_backward(dout, cache):
    x, out, alpha = cache
    dx = dout.copy()
    dx[x < 0] *= (out + alpha)[x < 0]
    return dx
