"""What a training run depends on besides the parameters: running averages, and dropout's numbers.

A Solver keeps both, so that a run that is resumed ends like one without a break.
"""

import numpy as np

STREAM = ("generator", "keys", "position", "has_gauss", "cached_gaussian")


def averages_of(model):
    """Copies of the arrays in model.bn_params, such as running_mean: a list of dicts, one a layer.

    It is empty where the model has no bn_params.
    """
    return [_arrays(bn_param) for bn_param in getattr(model, "bn_params", [])]


def set_averages(model, averages):
    """Puts what averages_of returned back into model.bn_params; an empty list changes nothing."""
    if averages:
        for bn_param, arrays in zip(model.bn_params, averages, strict=True):
            for name in _arrays(bn_param):
                del bn_param[name]
            bn_param.update(_arrays(arrays))


def stream_of(model):
    """Where numpy's global random stream is, from which dropout draws: a dict of plain values.

    It is empty where the model has no dropout_param, or an empty one.
    """
    if not getattr(model, "dropout_param", None):
        return {}
    return dict(zip(STREAM, np.random.get_state(), strict=True))


def set_stream(stream):
    """Puts the global stream where stream_of found it; an empty dict changes nothing."""
    if stream:
        np.random.set_state(tuple(stream[name] for name in STREAM))


def _arrays(entries):
    return {name: value.copy() for name, value in entries.items() if isinstance(value, np.ndarray)}
