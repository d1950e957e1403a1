"""Two projections: off the normalized x, and off the ones."""


def batchnorm_backward_alt(dout, cache):
    _, std, normalized, gamma = cache
    d = dout * gamma
    dx = d - normalized * (d * normalized).mean(axis=0)
    dx -= dx.mean(axis=0)
    dx /= std
    return dx, (dout * normalized).sum(0), dout.sum(0)
