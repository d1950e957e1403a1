"""Sandwiches, given code: layers that often stand together, as one.

Each has the forward and backward pass of a layer, see cs231n.layers. The convolutions and pools
in them are the fast ones. Where x are the pictures themselves, nobody needs their gradient: with
needs_dx=False a convolution's backward pass leaves it out, and dx is None.
"""

from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from cs231n.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
)


def affine_relu_forward(x, w, b):
    """An affine layer, then a relu. Takes what affine_forward takes; returns (out, cache)."""
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout, cache):
    """Returns (dx, dw, db)."""
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)


def conv_relu_forward(x, w, b, conv_param):
    """A convolution, then a relu. Takes what conv_forward_fast takes; returns (out, cache)."""
    scores, conv_cache = conv_forward_fast(x, w, b, conv_param)
    out, relu_cache = relu_forward(scores)
    return out, (conv_cache, relu_cache)


def conv_relu_backward(dout, cache, needs_dx=True):
    """Returns (dx, dw, db)."""
    conv_cache, relu_cache = cache
    return conv_backward_fast(relu_backward(dout, relu_cache), conv_cache, needs_dx)


def conv_relu_pool_forward(x, w, b, conv_param, pool_param):
    """A convolution, a relu, then a max pool. Returns (out, cache)."""
    maps, conv_relu_cache = conv_relu_forward(x, w, b, conv_param)
    out, pool_cache = max_pool_forward_fast(maps, pool_param)
    return out, (conv_relu_cache, pool_cache)


def conv_relu_pool_backward(dout, cache, needs_dx=True):
    """Returns (dx, dw, db)."""
    conv_relu_cache, pool_cache = cache
    return conv_relu_backward(max_pool_backward_fast(dout, pool_cache), conv_relu_cache, needs_dx)


def conv_bn_relu_forward(x, w, b, gamma, beta, conv_param, bn_param):
    """A convolution, a spatial batch normalization, then a relu. Returns (out, cache)."""
    scores, conv_cache = conv_forward_fast(x, w, b, conv_param)
    normalized, bn_cache = spatial_batchnorm_forward(scores, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normalized)
    return out, (conv_cache, bn_cache, relu_cache)


def conv_bn_relu_backward(dout, cache, needs_dx=True):
    """Returns (dx, dw, db, dgamma, dbeta)."""
    conv_cache, bn_cache, relu_cache = cache
    dnormalized = relu_backward(dout, relu_cache)
    dscores, dgamma, dbeta = spatial_batchnorm_backward(dnormalized, bn_cache)
    return *conv_backward_fast(dscores, conv_cache, needs_dx), dgamma, dbeta
