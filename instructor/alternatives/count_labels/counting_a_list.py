"""A comprehension, and the list's own count."""


def count_labels(labels):
    labels = list(labels)
    return {label: labels.count(label) for label in labels}
