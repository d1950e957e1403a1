"""Features in one row; sums over the examples."""


def zero_center(X_train, *others):
    rows = X_train.reshape(X_train.shape[0], -1)
    mean = rows.sum(axis=0, dtype=float) / len(rows)
    return (
        (rows - mean).reshape(X_train.shape),
        *[(X.reshape(len(X), -1) - mean).reshape(X.shape) for X in others],
    )
