"""Convolutional networks."""

import numpy as np

from cs231n.course.training.saving import Saving
from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from cs231n.layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_bn_relu_backward,
    conv_bn_relu_forward,
    conv_relu_backward,
    conv_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from cs231n.layers import (
    affine_backward,
    affine_forward,
    conv_backward_naive,
    conv_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
    relu_backward,
    relu_forward,
    softmax_loss,
    svm_loss,
)


class ThreeLayerConvNet(Saving):
    """A small convolutional network: conv - relu - 2x2 max pool - affine - relu - affine - softmax.

    The convolution has stride 1 and keeps height and width; the pool has stride 2 and halves them.

    Shapes: pictures (C, H, W) of even height and width, F filters of K x K with K odd, M hidden
    units, and as many classes as there are.

    params: W1 (F, C, K, K), b1 (F,), W2 (F * H/2 * W/2, M), b2 (M,), W3 (M, classes),
    b3 (classes,). Training puts new arrays into this dict.
    reg: strength of the regularisation.
    dtype: the type of the parameters, and of all that is computed with them.
    """

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        """Makes the parameters: weights gaussian around 0, biases zero.

        input_dim: (C, H, W). num_filters, filter_size, hidden_dim: F, K, M. weight_scale: standard
        deviation of the weights. reg: kept as self.reg. dtype: of all parameters, kept as
        self.dtype; a net that leaves it aside, and has numpy's float64, is right as well.
        """
        # TODO: a dict self.params with the six arrays of the class's docstring. How many numbers
        # of a picture are left behind the pool?
        raise NotImplementedError("TODO: ThreeLayerConvNet.__init__")

    def loss(self, X, y=None):
        """The scores of the pictures, or the loss and its gradients.

        X: (N, C, H, W) floats. y: (N,) integers from 0 on, or None.

        Returns the scores (N, classes) where y is None; else (loss, grads): the mean softmax loss
        plus 0.5 * reg * sum(W * W) for each of W1, W2 and W3, none for biases, and a dict with the
        gradient of each parameter, by the names in self.params.

        Scores of any size, and up to 600 apart, must come out right in float64.
        The arrays given stay as they are. So do those of self.params.
        """
        # TODO: bring X to the type of the parameters (astype). Then three sandwiches of
        # cs231n.layer_utils and a loss, as in TwoLayerNet. A filter of odd size K keeps height and
        # width with pad (K - 1) // 2.
        raise NotImplementedError("TODO: ThreeLayerConvNet.loss")
