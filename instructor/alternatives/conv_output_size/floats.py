"""Divides, and looks whether the result is whole."""


def conv_output_size(size, filter_size, stride, pad):
    places = (size - filter_size + 2 * pad) / stride + 1
    if places < 1 or not places.is_integer():
        raise ValueError(f"({size} - {filter_size} + 2 * {pad}) / {stride} + 1 = {places:g}")
    return int(places)
