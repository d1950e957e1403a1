"""By a mask, which is all that the cache holds."""


def relu_forward(x):
    mask = x > 0
    return x * mask, mask
