"""Normalization of pictures, where all places of a channel are normalized alike."""

import numpy as np

from cs231n.layers.normalization import (
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    """Batch normalization of pictures: each channel normalized over all pictures and places.

    x: (N, C, H, W). gamma, beta: (C,), scale and shift of each channel. bn_param: as for
    batchnorm_forward; running_mean and running_var are (C,).

    Returns (out, cache): out (N, C, H, W), and what spatial_batchnorm_backward needs. Raises
    ValueError for a mode that is neither "train" nor "test". Source: Ioffe and Szegedy, Batch
    Normalization, 2015, section 3.2.

    The arrays given stay as they are.
    """
    # TODO: batchnorm_forward can do it, if each pixel of each picture is an example: N * H * W
    # rows of C numbers. Bring the channels to the end before you reshape, and back afterwards.
    raise NotImplementedError("TODO: spatial_batchnorm_forward")


def spatial_batchnorm_backward(dout, cache):
    """The gradients of the loss with respect to x, gamma and beta, for mode "train".

    dout: (N, C, H, W), the gradient with respect to out. cache: from spatial_batchnorm_forward.

    Returns (dx, dgamma, dbeta), in the shapes (N, C, H, W), (C,) and (C,).

    The arrays given stay as they are.
    """
    # TODO: the same rows as on the way forward, through batchnorm_backward, or its faster form.
    raise NotImplementedError("TODO: spatial_batchnorm_backward")


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    """Group normalization: each picture by itself, in G groups of neighbouring channels.

    x: (N, C, H, W). gamma, beta: (1, C, 1, 1), scale and shift of each channel. G: the number of
    groups, a divisor of C; the first C / G channels are the first group, and so on. gn_param: a
    dict with eps, added to the variance, inside the root; 1e-5 where it is not given.

    With mean and variance (the biased one) of each group of each picture, over the group's
    channels and all places,

        out = gamma * (x - mean) / sqrt(variance + eps) + beta

    Returns (out, cache): out (N, C, H, W), and what spatial_groupnorm_backward needs. Source: Wu
    and He, Group Normalization, 2018.

    The arrays given stay as they are.
    """
    # TODO: reshape x so that a group has an axis of its own, or is a row. gamma and beta belong to
    # the channels: undo the reshape before they come in.
    raise NotImplementedError("TODO: spatial_groupnorm_forward")


def spatial_groupnorm_backward(dout, cache):
    """The gradients of the loss with respect to x, gamma and beta.

    dout: (N, C, H, W), the gradient with respect to out. cache: from spatial_groupnorm_forward.

    Returns (dx, dgamma, dbeta), in the shapes (N, C, H, W), (1, C, 1, 1) and (1, C, 1, 1).

    The arrays given stay as they are.
    """
    # TODO: dgamma and dbeta are sums over all axes but the channels'. For dx go on in groups: it
    # is layernorm_backward's formula, where the means run over a group.
    raise NotImplementedError("TODO: spatial_groupnorm_backward")
