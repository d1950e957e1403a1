"""Preprocessing."""

import numpy as np


def zero_center(X_train, *others):
    mean = X_train.mean(axis=0)
    return tuple(X - mean for X in (X_train, *others))


def standardize(X_train, *others):
    mean = X_train.mean(axis=0)
    varies = X_train.max(axis=0) > X_train.min(axis=0)
    std = np.where(varies, X_train.std(axis=0), 1)
    return tuple(np.where(varies, (X - mean) / std, 0) for X in (X_train, *others))


def per_channel_center(X_train, *others):
    mean = X_train.mean(axis=(0, 1, 2))
    return tuple(X - mean for X in (X_train, *others))


def pca(X, num_components):
    mean = X.mean(axis=0)
    _, lengths, directions = np.linalg.svd(X - mean, full_matrices=False)
    components = directions[:num_components].T
    variances = lengths[:num_components] ** 2 / len(X)
    return mean, components, variances


def whiten(X, mean, components, variances, eps=1e-5):
    coordinates = (X - mean) @ components
    return coordinates / np.sqrt(variances + eps)
