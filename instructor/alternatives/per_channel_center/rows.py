"""All pixels in rows of three."""

import numpy as np


def per_channel_center(X_train, *others):
    colour = np.mean(X_train.reshape(-1, 3), axis=0)
    return tuple([X - colour for X in [X_train, *others]])
