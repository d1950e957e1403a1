"""Number by number."""

import numpy as np


def affine_forward(x, w, b):
    out = np.empty((len(x), w.shape[1]))
    for n, example in enumerate(x):
        numbers = example.ravel().tolist()
        for m in range(w.shape[1]):
            out[n, m] = sum(number * w[d, m] for d, number in enumerate(numbers)) + b[m]
    return out, (x, w, b)
