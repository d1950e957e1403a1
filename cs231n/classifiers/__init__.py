"""The classifiers, one family a file: `from cs231n.classifiers import KNearestNeighbor`."""

from cs231n.course.lazy import lazy_names

_HOMES = {
    "k_nearest_neighbor": ["KNearestNeighbor", "cross_validate_k"],
    "linear_classifier": ["LinearClassifier", "LinearSVM", "Softmax", "tune"],
    "linear_svm": ["svm_loss_naive", "svm_loss_vectorized"],
    "softmax": ["softmax_loss_naive", "softmax_loss_vectorized"],
    "fc_net": ["TwoLayerNet", "tune_two_layer_net", "FullyConnectedNet"],
    "activation": ["with_activation"],
    "cnn": ["ThreeLayerConvNet"],
}

__all__ = [name for names in _HOMES.values() for name in names]
__getattr__ = lazy_names(__name__, _HOMES)
