"""What holds of the parameters that a net starts with."""

from itertools import combinations

import numpy as np

from cs231n.course.batteries.draws import ERRORS, require_bell


def require_start(trial, title, given, shapes, weight_scale):
    """That nets start as they should: right shapes, weights gaussian around 0, biases zero.

    given: {name: value} of what `__init__` takes. shapes: {name: shape} of the parameters. Returns
    the net that was made.
    """
    net = trial.new(title, given)
    params = getattr(net, "params", None)
    got = sorted(params) if isinstance(params, dict) else params
    trial.that(f"the params are {', '.join(sorted(shapes))}", got == sorted(shapes), f"got {got}")
    for name, shape in shapes.items():
        w = params[name]
        trial.close(f"the shape of {name}", np.array(np.shape(w)), np.array(shape), rtol=0)
        kind = np.asarray(w).dtype
        floats = kind in (np.float32, np.float64)
        trial.that(f"{name} holds floats", floats, f"it holds {kind}: see dtype")
        if name[0] == "W":
            require_gaussian(trial, name, np.asarray(w, dtype=float) / weight_scale)
        elif name[0] == "b":
            trial.close(f"{name} at the start", w, np.zeros(shape))
    for one, two in combinations(shapes, 2):
        shared = np.may_share_memory(params[one], params[two])
        cause = "both are one array: a step of the one moves the other"
        trial.that(f"{one} and {two} have memory of their own", not shared, cause)
    return net


def require_own_numbers(trial, net, other):
    """That two nets that are made alike share neither arrays nor random numbers."""
    pairs = [(w, other.params[name]) for name, w in net.params.items()]
    trial.that(
        "two nets have arrays of their own",
        not any(np.may_share_memory(*pair) for pair in pairs),
        "both hold the same arrays: training the one changes the other",
    )
    trial.that(
        "two nets start at different weights",
        not any(np.array_equal(*pair) for pair in pairs if pair[0].ndim == 2),
        "each net draws the same numbers: is there a seed in __init__?",
    )


def require_gaussian(trial, name, w):
    """That w, which was divided by its standard deviation, is gaussian around 0."""
    n, wide = w.size, w.std()
    error = 1 / np.sqrt(n)
    first = w.ravel()[:1000]
    different = len(np.unique(first))
    once = f"of its first {len(first)} numbers only {different} differ: each weight is a draw"
    repeated = different < 0.9 * len(first) and wide
    trial.that(f"{name} is drawn number by number", not repeated, once)
    positive = ": there are only positive numbers" if w.min() >= 0 else ""
    where = f"its mean is {w.mean():.2g} times weight_scale{positive}"
    # A wrong width is told of as such, so the centre is measured by the width there is.
    trial.that(f"{name} is centred at 0", abs(w.mean()) <= ERRORS * error * (wide or 1), where)
    close = abs(wide - 1) < ERRORS * error / np.sqrt(2)
    cause = f"its standard deviation is {wide:.2g} times weight_scale"
    trial.that(f"{name} has standard deviation weight_scale", close, cause)
    require_bell(trial, f"{name} is gaussian", w)
