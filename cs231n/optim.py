"""Update rules: how a parameter moves, given its gradient. Solver(update_rule=NAME) uses them.

Each is a function (w, dw, config=None) -> (next_w, config).

w       the parameter, an array of any shape
dw      the gradient of the loss with respect to w, of w's shape
config  a dict with the rule's settings (such as the learning rate) and with what it remembers
        from step to step. What is missing has the default that the rule names; None is an empty
        dict. The dict is updated in place and returned, to be given back at the next step. (A new
        dict with all of that in it will do as well: what counts is the one that is returned.)
        It has the learning rate in any case, so that it can be lowered on the way.

w and dw stay as they are. next_w is a new array of w's shape and type. Powers and
roots are taken entry by entry.
"""

import numpy as np


def sgd(w, dw, config=None):
    """Plain stochastic gradient descent: a step against the gradient.

        next_w = w - learning_rate * dw

    config: learning_rate (default 1e-2). Arguments and result as at the top of this file.

    w and dw stay as they are; config is updated in place and returned.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w, dw, config=None):
    """Gradient descent with momentum: a ball that rolls, and gradients push it.

        velocity = momentum * velocity - learning_rate * dw
        next_w = w + velocity

    config: learning_rate (default 1e-2), momentum (0.9: the share of the velocity that is kept),
    velocity (zeros, of w's shape and type). Arguments and result as at the top of this file.

    w and dw stay as they are; config is updated in place and returned.

    Source: Polyak, Some methods of speeding up the convergence of iteration methods (1964), in the
    notation of Sutskever et al., On the importance of initialization and momentum in deep learning
    (ICML 2013).
    """
    # TODO: fill in what config lacks (sgd above shows a way; np.zeros_like(w)), then the two lines
    # of the formula. The new velocity goes into the config.
    raise NotImplementedError("TODO: sgd_momentum")


def rmsprop(w, dw, config=None):
    """Each number has a step length of its own: shorter where its gradients have been large.

        cache = decay_rate * cache + (1 - decay_rate) * dw^2
        next_w = w - learning_rate * dw / (sqrt(cache) + epsilon)

    config: learning_rate (default 1e-2), decay_rate (0.99), epsilon (1e-8: no division by zero),
    cache (zeros, of w's shape and type: a running mean of the squared gradients). Arguments and
    result as at the top of this file.

    w and dw stay as they are; config is updated in place and returned.

    Source: Hinton, Neural networks for machine learning, lecture 6e (2012).
    """
    # TODO: fill in what config lacks, then the two lines of the formula. The new cache is used at
    # once, and goes into the config.
    raise NotImplementedError("TODO: rmsprop")


def adam(w, dw, config=None):
    """RMSProp with momentum, and with running means that are right from the first step on.

        t = t + 1
        m = beta1 * m + (1 - beta1) * dw            running mean of the gradients
        v = beta2 * v + (1 - beta2) * dw^2          running mean of their squares
        m_hat = m / (1 - beta1^t)                   both start at 0, and so are too small at first:
        v_hat = v / (1 - beta2^t)                   this makes up for it
        next_w = w - learning_rate * m_hat / (sqrt(v_hat) + epsilon)

    config: learning_rate (default 1e-3), beta1 (0.9), beta2 (0.999), epsilon (1e-8), m and v
    (zeros, of w's shape and type, kept as they are before the division), t (0: the number of steps
    so far). Arguments and result as at the top of this file.

    w and dw stay as they are; config is updated in place and returned.

    Source: Kingma and Ba, Adam: a method for stochastic optimization (ICLR 2015), algorithm 1.
    """
    # TODO: fill in what config lacks, then the formula line by line. The new m, v and t go into the
    # config; m_hat and v_hat are made anew at each step.
    raise NotImplementedError("TODO: adam")
