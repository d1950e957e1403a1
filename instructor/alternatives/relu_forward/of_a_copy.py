"""Into a copy, in two steps."""


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    cache = x
    return out, cache
