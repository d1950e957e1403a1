"""Half of x + |x|."""

import numpy as np


def relu_forward(x):
    return 0.5 * (x + np.abs(x)), {"positive": np.sign(x) > 0}
