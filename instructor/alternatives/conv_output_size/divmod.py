"""Quotient and remainder at once."""


def conv_output_size(size, filter_size, stride, pad):
    steps, rest = divmod(size + 2 * pad - filter_size, stride)
    if steps < 0 or rest:
        raise ValueError(f"{size=}, {filter_size=}, {stride=}, {pad=} do not fit")
    return steps + 1
