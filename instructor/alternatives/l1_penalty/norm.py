"""By the norm of a flat W; the sign from two comparisons."""

import numpy as np


def l1_penalty(W, strength):
    gradient = strength * ((W > 0).astype(float) - (W < 0))
    return strength * np.linalg.norm(W.ravel(), 1), gradient
