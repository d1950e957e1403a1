"""Preprocessing: the data brought to a form in which nets learn easily.

What is computed from data, a mean or a standard deviation, is computed from the training set
alone, and applied to the other sets as it is. Each function takes the training set first.
"""

import numpy as np


def zero_center(X_train, *others):
    """Subtracts the mean of the training set, feature by feature, from all sets.

    X_train: (N, d1, …, dk), floats or uint8; its mean over the N examples is (d1, …, dk). others:
    any number of further sets (N2, d1, …, dk), such as those for validation and test.

    Returns a tuple of as many arrays of floats, the training set first, each in the shape of what
    was given.

    The arrays given stay as they are.
    """
    # TODO: one mean, over the examples of X_train. A tuple, also where there are no others.
    raise NotImplementedError("TODO: zero_center")


def standardize(X_train, *others):
    """Subtracts the mean of the training set, feature by feature, and divides by its standard
    deviation (that of N, not N - 1), in all sets.

    X_train: (N, D). others: any number of further sets (N2, D).

    Returns a tuple of as many arrays, the training set first. A feature that never varies in the
    training set becomes 0 in all of them.

    The arrays given stay as they are.
    """
    # TODO: as zero_center, and divide. Of equal numbers the computed deviation need not be exactly
    # 0, as their mean is rounded: compare the largest with the smallest.
    raise NotImplementedError("TODO: standardize")


def per_channel_center(X_train, *others):
    """Subtracts the mean colour of the training set from all pictures.

    X_train: (N, H, W, 3), floats or uint8; its mean is one number for each channel, over all
    pictures and places. others: any number of further sets (N2, H, W, 3).

    Returns a tuple of as many arrays of floats, the training set first.

    The arrays given stay as they are.
    """
    # TODO: a mean over three axes leaves three numbers.
    raise NotImplementedError("TODO: per_channel_center")


def pca(X, num_components):
    """The principal components of a cloud of points: the directions in which it varies most.

    X: (N, D). num_components: K, at most the smaller of N and D.

    Returns (mean, components, variances): mean (D,) of the points; components (D, K), whose columns
    have length 1 and are at right angles, either sign of each will do; variances (K,), the mean of
    the squared coordinates along each (over N, not N - 1), falling. The components are the
    eigenvectors of the covariance matrix (D, D) of X with the largest eigenvalues.

    The arrays given stay as they are.
    """
    # TODO: centre first. Then np.linalg.eigh of the covariance matrix, which gives the eigenvalues
    # in rising order; or np.linalg.svd of the points, whose squared singular values are N times
    # the variances.
    raise NotImplementedError("TODO: pca")


def whiten(X, mean, components, variances, eps=1e-5):
    """The coordinates of points along the principal components, each over its standard deviation.

    X: (N, D), any set. mean (D,), components (D, K), variances (K,): what pca found in the training
    set. eps: added to the variances, inside the root, so that directions in which nothing varies
    are not blown up.

    Returns (N, K). Of the training set the columns have mean 0, and variance 1 but for eps.

    The arrays given stay as they are.
    """
    # TODO: centre, a matrix product, divide each column. Nothing is computed from X but this.
    raise NotImplementedError("TODO: whiten")
