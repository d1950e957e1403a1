"""One matrix product with the labels as rows of ones."""

import numpy as np


def mean_image_per_class(images, labels, num_classes):
    chosen = np.equal.outer(np.arange(num_classes), labels).astype(float)
    sums = chosen @ images.reshape(len(images), -1)
    counts = np.maximum(chosen.sum(axis=1), 1)
    return (sums / counts[:, None]).reshape(num_classes, *images.shape[1:])
