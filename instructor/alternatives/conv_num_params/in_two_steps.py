"""Weights, then biases."""


def conv_num_params(num_filters, filter_size, channels, places=1):
    weights = filter_size**2 * channels * num_filters
    biases = num_filters
    return places * (weights + biases)
