"""Ends a training whose loss is no longer a number, with advice instead of an error."""

import functools
from unittest.mock import patch

import numpy as np


class _Diverged(Exception):
    pass


def ends_when_diverging(train):
    """Decorates a method that trains by calling self.loss(...) -> (loss, gradient).

    When a loss is NaN or infinite, training ends: the method prints what happened and what to
    try, and returns the list of losses until then.
    """

    @functools.wraps(train)
    def wrapper(self, *args, **kwargs):
        losses = []
        loss = self.loss

        def watched_loss(*args, **kwargs):
            value, gradient = loss(*args, **kwargs)
            if not np.isfinite(value):
                raise _Diverged(value)
            losses.append(value)
            return value, gradient

        try:
            with (
                patch.object(self, "loss", watched_loss),
                np.errstate(over="ignore", invalid="ignore"),
            ):
                return train(self, *args, **kwargs)
        except _Diverged as diverged:
            print(advice(diverged.args[0], len(losses)))
            return losses

    return wrapper


def advice(value, steps):
    """What to tell whose loss became `value`, NaN or infinite, after that many steps."""
    if steps == 0:
        return (
            f"Training ended before its first step: the loss is {value} from the start. Look for "
            "NaN or huge numbers in the data and in the first weights, and for an exp or log in "
            "the loss that overflows."
        )
    return (
        f"Training ended after {steps} steps: the loss became {value}. The steps are too long, "
        "each lands higher up than the last. Try a learning rate ten times smaller, or a weaker "
        "regularisation."
    )
