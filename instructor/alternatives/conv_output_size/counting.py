"""Moves the filter and counts."""


def conv_output_size(size, filter_size, stride, pad):
    starts = list(range(-pad, size + pad - filter_size + 1, stride))
    if not starts or starts[-1] + filter_size != size + pad:
        numbers = ", ".join(map(str, (size, filter_size, stride, pad)))
        raise ValueError(f"no whole number of places: {numbers}")
    return len(starts)
