"""Warming up: a little Python and numpy, as the rest of the course needs it."""

import numpy as np


def count_labels(labels):
    """How often each label occurs.

    labels: a list of anything that can be a dictionary's key, such as "cat" or 3.

    Returns a dictionary {label: how often}, with the labels in the order in which they come first.
    """
    # TODO: an empty dictionary, and a loop over the labels. counts.get(label, 0) is 0 for a label
    # that is not there yet.
    raise NotImplementedError("TODO: count_labels")


def checkerboard(size):
    """A board of zeros and ones, no two neighbours alike, without a loop.

    size: how many rows, and how many columns; 0 or more. Returns an array (size, size) of integers;
    the entry [0, 0] is 0.
    """
    # TODO: what do row number and column number of a 1 have in common? np.arange(size) as a column
    # and as a row are broadcast to a square.
    raise NotImplementedError("TODO: checkerboard")


def normalize_rows(x):
    """Each row divided by its length, the root of the sum of its squares.

    x: (N, D) floats. Returns (N, D) floats; a row of zeros, which has no direction, stays as it is.

    The arrays given stay as they are.
    """
    # TODO: the lengths as a column (N, 1): see keepdims. Where a length is 0, divide by 1.
    raise NotImplementedError("TODO: normalize_rows")


def one_hot(y, num_classes):
    """Labels as rows with a single 1.

    y: (N,) integers in 0..C-1. num_classes: C. Returns (N, C) floats; row i is 1 at column y[i],
    and 0 elsewhere.

    The arrays given stay as they are.
    """
    # TODO: zeros first. Then all N ones at once: rows np.arange(N), columns y.
    raise NotImplementedError("TODO: one_hot")


def top_k(scores, k):
    """The k best columns of each row.

    scores: (N, C) numbers. k: 1..C. Returns (N, k) integers, the indices of the k highest scores
    of each row, the best one first; of equal scores the smaller index comes first.

    The arrays given stay as they are.
    """
    # TODO: np.argsort sorts upwards, and with kind="stable" keeps equal ones in their order. What
    # happens to that order if the result is reversed?
    raise NotImplementedError("TODO: top_k")


def tint(image, factors):
    """A picture with each colour made stronger or weaker.

    image: (H, W, 3) uint8, numbers 0..255. factors: three numbers, for red, green and blue.

    Returns (H, W, 3) uint8: image times factors, rounded to the nearest whole number (a half may
    go either way) and cut off at 0 and 255. A uint8 wraps around instead: 200 + 100 is 44.

    The arrays given stay as they are.
    """
    # TODO: floats first, then np.clip, and uint8 at the very end.
    raise NotImplementedError("TODO: tint")


def mean_image_per_class(images, labels, num_classes):
    """The average picture of each class.

    images: (N, H, W, 3) uint8. labels: (N,) integers in 0..C-1. num_classes: C.

    Returns (C, H, W, 3) floats in 0..255; zeros for a class without images.

    The arrays given stay as they are.
    """
    # TODO: images[labels == c] are those of class c, by a mask of N booleans.
    raise NotImplementedError("TODO: mean_image_per_class")
