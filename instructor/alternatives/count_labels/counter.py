"""The standard library's counter, as a plain dictionary."""

from collections import Counter


def count_labels(labels):
    return dict(Counter(labels))
