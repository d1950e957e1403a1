"""A loop over the channels."""


def per_channel_center(X_train, *others):
    sets = [X.astype(float) for X in (X_train, *others)]
    means = [sets[0][..., c].mean() for c in range(3)]
    for X in sets:
        for c in range(3):
            X[..., c] -= means[c]
    return tuple(sets)
