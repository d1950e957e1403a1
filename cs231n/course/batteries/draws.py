"""What holds of draws from a gaussian, whatever random stream they come from."""

import numpy as np

# How far the statistics of n draws may be from those of their distribution, in standard errors:
# beyond seven of them lies less than one of 10^11 samples.
ERRORS = 7


def require_bell(trial, claim, numbers):
    """That as many of these numbers are small as of a gaussian's draws of standard deviation 1."""
    # 68.3 % of them lie within one standard deviation, of uniform ones 57.7 %.
    inside = (abs(numbers) < 1).mean()
    uniform = f"{inside:.0%} lie within one standard deviation, expected 68%: see randn"
    near = abs(inside - 0.6827) < ERRORS * 0.4654 / np.sqrt(numbers.size)
    trial.that(claim, near, uniform)
