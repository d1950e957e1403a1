"""A mean that is moved by each snapshot."""


def average_parameters(snapshots):
    mean = {}
    for count, each in enumerate(snapshots, start=1):
        for name, w in each.items():
            mean[name] = w.copy() if count == 1 else mean[name] + (w - mean[name]) / count
    return mean
