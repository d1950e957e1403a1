"""Normalization: batches or examples brought to mean 0 and variance 1, then scaled and shifted."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    """Batch normalization: each feature normalized over the examples of the batch.

    Shapes: N examples, D features. x: (N, D). gamma, beta: (D,), scale and shift.
    bn_param: a dict with

    - mode: "train" or "test";
    - eps: added to the variance, inside the root; 1e-5 where it is not given;
    - momentum: of the running averages; 0.9 where it is not given;
    - running_mean, running_var: (D,), zeros where they are not given.

    With mean and variance (the biased one: divided by N) of each column of x,

        out = gamma * (x - mean) / sqrt(variance + eps) + beta

    In mode "train" they are the batch's own, and the running averages move towards them, kept
    in bn_param: running = momentum * running + (1 - momentum) * batch's. In mode "test" the
    running averages stand for mean and variance, and stay as they are.

    Returns (out, cache): out (N, D) in x's dtype, and what the two backward passes need. Raises
    ValueError for a mode that is neither "train" nor "test". Source: Ioffe and Szegedy, Batch
    Normalization, 2015, algorithm 1; the running averages as in Torch.

    The arrays given stay as they are.
    """
    # TODO: read the settings with bn_param.get(name, default). Mean and variance run over the
    # examples, axis 0. Put the new running averages into bn_param as new arrays.
    raise NotImplementedError("TODO: batchnorm_forward")


def batchnorm_backward(dout, cache):
    """The gradients of the loss with respect to x, gamma and beta, step by step through the graph.

    For mode "train", where mean and variance depend on x too. dout: (N, D), the gradient with
    respect to out. cache: from batchnorm_forward.

    Returns (dx, dgamma, dbeta), in the shapes (N, D), (D,) and (D,).

    The arrays given stay as they are.
    """
    # TODO: one node of the graph after the other, from out back to x. Where a node's value was
    # used twice, its gradients add; where it was spread over the examples, they are summed.
    raise NotImplementedError("TODO: batchnorm_backward")


def batchnorm_backward_alt(dout, cache):
    """What batchnorm_backward computes, with dx in one formula, simplified by hand: faster.

    dout: (N, D). cache: from batchnorm_forward. Returns (dx, dgamma, dbeta) in the shapes (N, D),
    (D,) and (D,).

    The arrays given stay as they are.
    """
    # TODO: write dx with the normalized x, dgamma and dbeta; two sums over the examples are all
    # that is left.
    raise NotImplementedError("TODO: batchnorm_backward_alt")


def layernorm_forward(x, gamma, beta, ln_param):
    """Layer normalization: each example normalized over its own features.

    x: (N, D). gamma, beta: (D,), scale and shift of each feature. ln_param: a dict with eps, added
    to the variance, inside the root; 1e-5 where it is not given.

    With mean and variance (the biased one: divided by D) of each row of x,

        out = gamma * (x - mean) / sqrt(variance + eps) + beta

    An example's result does not depend on the others: there is no mode, and nothing to remember.

    Returns (out, cache): out (N, D) in x's dtype, and what layernorm_backward needs. Source: Ba,
    Kiros and Hinton, Layer Normalization, 2016.

    The arrays given stay as they are.
    """
    # TODO: batchnorm_forward's training mode with another axis; keepdims=True keeps the shapes
    # in step. gamma and beta still belong to the features.
    raise NotImplementedError("TODO: layernorm_forward")


def layernorm_backward(dout, cache):
    """The gradients of the loss with respect to x, gamma and beta.

    dout: (N, D), the gradient with respect to out. cache: from layernorm_forward.

    Returns (dx, dgamma, dbeta), in the shapes (N, D), (D,) and (D,).

    The arrays given stay as they are.
    """
    # TODO: dgamma and dbeta as in batch normalization. In dx the sums run over the features, and
    # gamma, which differs along them, has to be inside.
    raise NotImplementedError("TODO: layernorm_backward")
