"""What a Solver asks of its settings, its data and its model, with errors that name the culprit."""

import difflib
import operator

import numpy as np

from cs231n.course.data.on_demand import OnDemand

PARTS = ("train", "val")


def check_count(name, value):
    """`value` as an int; raises TypeError where it is no integer, ValueError below 1."""
    try:
        count = operator.index(value)
    except TypeError:
        kind = type(value).__name__
        raise TypeError(f"{name} is {value!r}, a {kind}: expected a whole number") from None
    if count < 1:
        raise ValueError(f"{name} is {count}: expected 1 or more")
    return count


def check_known(what, name, known, error=ValueError):
    """Raises `error` where `name` is not among the known ones; it says which come near."""
    if name not in known:
        near = difflib.get_close_matches(str(name), known)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise error(f"no {what} is called {name!r}: {hint}")


def check_data(data):
    """Raises ValueError or TypeError where `data` is not what the docstring of Solver says."""
    missing = [f"{a}_{part}" for part in PARTS for a in "Xy" if f"{a}_{part}" not in data]
    if missing:
        raise ValueError(
            f"data lacks {', '.join(missing)}: a dict with X_train, y_train, X_val, y_val is "
            f"expected, this one has {', '.join(map(str, data)) or 'nothing'}"
        )
    for part in PARTS:
        check_examples(data[f"X_{part}"], data[f"y_{part}"], f"_{part}")
    train, val = data["X_train"].shape, data["X_val"].shape
    if train[1:] != val[1:]:
        raise ValueError(
            f"X_val is {val}, but X_train is {train}: examples of both must have one shape, so "
            "prepare both in the same way"
        )


def check_examples(X, y, suffix=""):
    """Raises ValueError or TypeError where X, y are not examples (N, …) and labels (N,)."""
    _check_X(f"X{suffix}", X)
    _check_y(f"y{suffix}", y)
    if len(X) != len(y):
        raise ValueError(
            f"X{suffix} has {len(X)} examples, but y{suffix} has {len(y)} labels: each example "
            "needs one, so cut both in the same places"
        )


def check_model(model, data, batch_size):
    """Raises where the model gives no scores for the first examples, or fewer than labels need."""
    heads = {part: data[f"X_{part}"][:batch_size] for part in PARTS}
    for part, head in heads.items():
        if not np.isfinite(head).all():
            index = [int(i) for i in np.argwhere(~np.isfinite(head))[0]]
            raise ValueError(
                f"X_{part} is {head[tuple(index)]} at {index}: it must be finite; was it divided "
                "by zero?"
            )
    classes = _num_scores(model.loss(heads["train"]), len(heads["train"]))
    for part in PARTS:
        y = data[f"y_{part}"]
        if y.max() >= classes:
            raise ValueError(
                f"y_{part} has the label {y.max()} at {y.argmax()}, but the model gives "
                f"{classes} scores, for labels 0..{classes - 1}: make it with more classes, or "
                "mend the labels"
            )


def check_step(result, params):
    """(loss, grads) as model.loss(X, y) returned them; raises where they are something else."""
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError(
            f"model.loss(X, y) returned {_name(result)}: expected a tuple (loss, grads)"
        )
    loss, grads = result
    if not isinstance(grads, dict):
        raise TypeError(f"grads is {_name(grads)}: expected a dict, a gradient a parameter")
    if np.shape(loss) != ():
        raise ValueError(f"the loss has shape {np.shape(loss)}: expected one number")
    for name, w in params.items():
        if name not in grads:
            raise ValueError(
                f"grads has no {name!r}: model.loss(X, y) must return the gradient of every "
                f"parameter, {', '.join(params)}"
            )
        # Broadcasting would make a step of it, and a parameter of another shape.
        if np.shape(grads[name]) != np.shape(w):
            raise ValueError(
                f"grads[{name!r}] is {np.shape(grads[name])}, but params[{name!r}] is "
                f"{np.shape(w)}: a gradient has its variable's shape"
            )
    return loss, grads


def _check_X(name, X):
    _check_array(name, X, "fiub", "numbers")
    if X.ndim < 2:
        raise ValueError(f"{name} is {X.shape}: expected (N, …), an example a row")
    if X.size == 0:
        raise ValueError(f"{name} is empty, {X.shape}: expected at least one example")


def _check_y(name, y):
    _check_array(name, y, "iu", "integers")
    if y.ndim != 1:
        raise ValueError(f"{name} is {y.shape}: expected (N,), a label an example; {name}.ravel()?")
    if (y < 0).any():
        raise ValueError(f"{name} has the label {y.min()} at {y.argmin()}: labels start at 0")


def _check_array(name, array, kinds, what):
    if not isinstance(array, np.ndarray | OnDemand):
        raise TypeError(f"{name} is {_name(array)}: expected an array, np.array({name})")
    if array.dtype.kind not in kinds:
        raise TypeError(f"{name} is an array of {array.dtype}: expected {what}")


def _num_scores(scores, num_examples):
    if not isinstance(scores, np.ndarray):
        raise TypeError(
            f"model.loss(X) without labels returned {_name(scores)}: expected an array of scores"
        )
    if scores.ndim != 2 or len(scores) != num_examples:
        raise ValueError(
            f"model.loss(X) for {num_examples} examples returned scores of shape {scores.shape}: "
            f"expected ({num_examples}, C), a row an example"
        )
    return scores.shape[1]


def _name(value):
    return "None" if value is None else f"a {type(value).__name__}"
