"""Through layernorm_forward: a group is an example, without scale and shift."""

import numpy as np

from cs231n.layers import layernorm_forward


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    rows = x.reshape(x.shape[0] * G, -1)
    m = rows.shape[1]
    normalized, cache = layernorm_forward(rows, np.ones(m), np.zeros(m), gn_param)
    normalized = normalized.reshape(x.shape)
    return normalized * gamma + beta, (cache, normalized, gamma)
