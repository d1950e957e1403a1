"""The classifiers, one family a file: `from cs231n.classifiers import KNearestNeighbor`.

A file is read when its name is first asked for, so that a slip in one of them (a missing
bracket, say) does not keep the others from being used.
"""

from importlib import import_module

_HOMES = {
    "KNearestNeighbor": "k_nearest_neighbor",
    "cross_validate_k": "k_nearest_neighbor",
    "LinearClassifier": "linear_classifier",
    "LinearSVM": "linear_classifier",
    "Softmax": "linear_classifier",
    "tune": "linear_classifier",
    "svm_loss_naive": "linear_svm",
    "svm_loss_vectorized": "linear_svm",
    "softmax_loss_naive": "softmax",
    "softmax_loss_vectorized": "softmax",
}

__all__ = list(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
