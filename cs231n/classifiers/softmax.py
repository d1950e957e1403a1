"""The softmax (cross-entropy) loss of a linear classifier, and its gradient."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    """The loss of a linear classifier and its gradient, with loops.

    Shapes: N examples, D features, C classes. W: (D, C) weights. X: (N, D) floats, a row an
    example. y: (N,) integers in 0..C-1. reg: strength of the regularisation.

    Scores are s = x W, probabilities p_j = exp(s_j) / sum over k of exp(s_k). With y the true
    class of an example, its loss is -log p_y; the whole loss is the mean over the N examples
    plus reg * sum(W * W). Each row of scores is shifted by its maximum first, which changes no
    probability and keeps exp from overflowing.

    Returns (loss, dW): a number, and the gradient with respect to W, (D, C).

    Scores of any size, and up to 600 apart, must come out right in float64.
    The arrays given stay as they are.
    """
    # TODO: a loop over examples. Shift the scores, make probabilities; column j of dW gets
    # p_j * x, and column y gets -x besides. Divide by N, then regularise.
    raise NotImplementedError("TODO: softmax_loss_naive")


def softmax_loss_vectorized(W, X, y, reg):
    """The same loss and gradient as softmax_loss_naive, without a loop over examples or classes.

    Takes and returns what softmax_loss_naive does.

    Scores of any size, and up to 600 apart, must come out right in float64.
    The arrays given stay as they are.
    """
    # TODO: keepdims=True lets a maximum or a sum over each row broadcast against the row. The
    # probabilities, less 1 at the true classes, are the gradient with respect to the scores.
    raise NotImplementedError("TODO: softmax_loss_vectorized")
