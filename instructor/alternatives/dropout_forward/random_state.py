"""Another stream, numbers at least 1 - p are kept, and the scaling comes last."""

import numpy as np


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    match dropout_param["mode"]:
        case "test":
            return x, (None, p)
        case "train":
            pass
        case other:
            raise ValueError(other)
    seed = dropout_param.get("seed")
    random = np.random if seed is None else np.random.RandomState(seed)
    keep = random.uniform(size=x.shape) >= 1 - p
    out = np.zeros_like(x)
    out[keep] = x[keep]
    return out / p, (keep, p)
