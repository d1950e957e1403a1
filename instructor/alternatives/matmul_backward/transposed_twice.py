"""Both products the other way round, and transposed."""


def matmul_backward(dout, x, w):
    return (w @ dout.T).T.copy(), (dout.T @ x).T.copy()
