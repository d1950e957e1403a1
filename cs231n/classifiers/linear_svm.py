"""The multiclass support vector machine's loss (Weston and Watkins), and its gradient."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    """The loss of a linear classifier and its gradient, with loops.

    Shapes: N examples, D features, C classes. W: (D, C) weights. X: (N, D) floats, a row an
    example. y: (N,) integers in 0..C-1. reg: strength of the regularisation.

    Scores are s = x W. With y the true class of an example, its loss is

        sum over classes j other than y of max(0, s_j - s_y + 1),

    and the whole loss is the mean over the N examples plus reg * sum(W * W).

    Returns (loss, dW): a number, and the gradient with respect to W, (D, C).

    The arrays given stay as they are.
    """
    # TODO: two loops, over examples and over classes. Where a margin s_j - s_y + 1 is positive,
    # it counts, and column j of dW gets x and column y gets -x. Divide by N, then regularise.
    raise NotImplementedError("TODO: svm_loss_naive")


def svm_loss_vectorized(W, X, y, reg):
    """The same loss and gradient as svm_loss_naive, without a loop over examples or classes.

    Takes and returns what svm_loss_naive does.

    The arrays given stay as they are.
    """
    # TODO: all scores at once, (N, C); the true ones by indexing with np.arange(N) and y. For
    # dW: a matrix (N, C) that says how often each class's score counts, times X.
    raise NotImplementedError("TODO: svm_loss_vectorized")
