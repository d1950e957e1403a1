"""The axes are scaled before the points are turned."""


def whiten(X, mean, components, variances, eps=1e-5):
    scaled = components / (variances + eps) ** 0.5
    return X @ scaled - mean @ scaled
