"""The sizes of arrays that are never made."""

import numpy as np


def conv_num_params(num_filters, filter_size, channels, places=1):
    w_shape = (places, num_filters, channels, filter_size, filter_size)
    b_shape = (places, num_filters)
    return np.prod(w_shape) + np.prod(b_shape)
