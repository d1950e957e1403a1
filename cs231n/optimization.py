"""Optimization: how a low place of a loss is found, by luck, by trying, and by its slope.

W stands for the parameters, an array of any shape, and a loss is a function of W that returns a
number. None of the functions changes the W that it is given.
"""

import numpy as np


def random_search(loss, shape, num_tries, scale=1e-3):
    """The best of many random W: luck, and nothing else.

    loss: function of W, returns a number; lower is better. shape: of W. num_tries: how many are
    tried, 1 or more. scale: each W is drawn anew, gaussian around 0 with this standard deviation.

    Returns (best_W, best_loss), the W with the lowest loss of all and that loss; of equals the
    first.
    """
    # TODO: a loop that draws a W, asks for its loss, and remembers the best so far. What must the
    # best loss be before the first try, so that any loss is better?
    raise NotImplementedError("TODO: random_search")


def random_local_search(loss, W, num_tries, step_size=1e-3):
    """Steps in random directions from the best place so far, taken back where they lead up.

    loss: function of W, returns a number. W: array, the start. num_tries: how many steps are tried.
    step_size: a try is W + step_size * gaussian, with a new gaussian number (standard deviation 1)
    for each entry. Where its loss is lower than that of W, it takes W's place.

    Returns (W, value), the last place and its loss. The W given stays as it is.
    """
    # TODO: the loss at the start, then a loop. A try that is no better leaves no trace.
    raise NotImplementedError("TODO: random_local_search")


def numerical_gradient(f, x, h=1e-5):
    """The gradient of f at x from differences: what is compared with a gradient worked out by hand.

    Entry by entry, f is asked for its value on both sides, which is twice as good as on one,

        (f(x + h at this entry) - f(x - h at this entry)) / (2 h).

    f: function of x, returns a number. x: float64 array of any shape. f is called with x itself,
    one entry of which is moved for the call, so that a function that reads x where it lives (the
    parameters of a network, say) sees the change. At the end x is as before, to the last bit.

    Returns an array of x's shape.
    """
    # TODO: np.ndindex(x.shape) gives every index. Keep the old number of an entry, and put it back;
    # adding h and subtracting it again does not always give the same number.
    raise NotImplementedError("TODO: numerical_gradient")


def gradient_descent(loss_and_gradient, W, learning_rate, num_steps):
    """Goes downhill: step after step against the gradient.

    loss_and_gradient: function of W, returns (loss, gradient), a number and an array of W's shape.
    W: array, the start. learning_rate: a step is -learning_rate times the gradient. num_steps: how
    many steps are made.

    Returns (W, losses): the place after the last step, and a list of num_steps losses, each of the
    place before its step. The W given stays as it is, and so does each gradient.
    """
    # TODO: a loop. W - … makes a new array; W -= … would change the caller's.
    raise NotImplementedError("TODO: gradient_descent")


def l1_penalty(W, strength):
    """L1 regularisation: strength * sum of |W|.

    W: float array of any shape. Returns (value, gradient), a number and an array of W's shape. The
    gradient is strength * sign(W); at 0, where there is a kink, it is 0.
    """
    # TODO: two lines.
    raise NotImplementedError("TODO: l1_penalty")


def l2_penalty(W, strength):
    """L2 regularisation: strength * sum of W^2.

    W: float array of any shape. Returns (value, gradient), a number and an array of W's shape.
    """
    # TODO: two lines. Here no half stands before the sum: what does that make of the gradient?
    raise NotImplementedError("TODO: l2_penalty")


def elastic_net_penalty(W, l1, l2):
    """L1 and L2 regularisation together: l1 * sum of |W| + l2 * sum of W^2.

    W: float array of any shape. l1, l2: the two strengths. Returns (value, gradient), a number and
    an array of W's shape. Source: Zou and Hastie, Regularization and variable selection via the
    elastic net, 2005.
    """
    # TODO: you have both already.
    raise NotImplementedError("TODO: elastic_net_penalty")
