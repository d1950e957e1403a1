"""The layers of networks, one family a file: `from cs231n.layers import affine_forward`.

A layer is a pair of functions. The forward pass takes inputs and parameters and returns
(out, cache); the backward pass takes (dout, cache), where dout is the gradient of the loss with
respect to out, and returns the gradients with respect to what the forward pass took, in its order.
What is in the cache is a layer's own affair. Losses return (loss, gradient) at once.
"""

from cs231n.lazy import lazy_names

_HOMES = {
    "affine": ["affine_forward", "affine_backward"],
    "activations": ["relu_forward", "relu_backward"],
    "losses": ["svm_loss", "softmax_loss"],
}

__all__ = [name for names in _HOMES.values() for name in names]
__getattr__ = lazy_names(__name__, _HOMES)
