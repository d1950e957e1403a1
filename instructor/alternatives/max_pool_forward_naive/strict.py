"""Six loops that begin at minus infinity; a size that does not fit is refused."""

import numpy as np


def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    PH, PW, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    if (H - PH) % s or (W - PW) % s:
        raise ValueError("the windows do not fit")
    out = np.full((N, C, (H - PH) // s + 1, (W - PW) // s + 1), -np.inf)
    for n, c, i, j in np.ndindex(out.shape):
        for k, m in np.ndindex(PH, PW):
            out[n, c, i, j] = max(out[n, c, i, j], x[n, c, i * s + k, j * s + m])
    return out, (x, pool_param)
