"""The affine layer."""


def affine_forward(x, w, b):
    rows = x.reshape(len(x), -1)
    return rows @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    rows = x.reshape(len(x), -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = rows.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
