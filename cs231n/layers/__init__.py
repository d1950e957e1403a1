"""The layers of networks, one family a file: `from cs231n.layers import affine_forward`.

A layer is a pair of functions. The forward pass takes inputs and parameters and returns
(out, cache); the backward pass takes (dout, cache), where dout is the gradient of the loss with
respect to out, and returns the gradients with respect to what the forward pass took, in its order.
What is in the cache is a layer's own affair. Losses return (loss, gradient) at once.
"""

from cs231n.course.lazy import lazy_names

_HOMES = {
    "affine": ["affine_forward", "affine_backward"],
    "activations": [
        "relu_forward",
        "relu_backward",
        "sigmoid_forward",
        "sigmoid_backward",
        "tanh_forward",
        "tanh_backward",
        "leaky_relu_forward",
        "leaky_relu_backward",
        "prelu_forward",
        "prelu_backward",
        "elu_forward",
        "elu_backward",
        "maxout_forward",
        "maxout_backward",
    ],
    "losses": ["svm_loss", "softmax_loss"],
    "normalization": [
        "batchnorm_forward",
        "batchnorm_backward",
        "batchnorm_backward_alt",
        "layernorm_forward",
        "layernorm_backward",
    ],
    "dropout": ["dropout_forward", "dropout_backward"],
    "convolution": [
        "conv_output_size",
        "conv_num_params",
        "conv_forward_naive",
        "conv_backward_naive",
    ],
    "pooling": ["max_pool_forward_naive", "max_pool_backward_naive"],
    "spatial_normalization": [
        "spatial_batchnorm_forward",
        "spatial_batchnorm_backward",
        "spatial_groupnorm_forward",
        "spatial_groupnorm_backward",
    ],
}

__all__ = [name for names in _HOMES.values() for name in names]
__getattr__ = lazy_names(__name__, _HOMES)
