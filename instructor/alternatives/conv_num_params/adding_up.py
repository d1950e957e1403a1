"""Adds up filter by filter."""


def conv_num_params(num_filters, filter_size, channels, places=1):
    total = 0
    for _ in range(num_filters):
        total += channels * filter_size * filter_size
        total += 1
    return total * places
