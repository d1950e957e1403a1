"""Fully connected networks: affine layers with a nonlinearity in between."""

from itertools import product

import numpy as np

from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
    svm_loss,
)
from cs231n.parallel import in_parallel
from cs231n.solver import Solver


class TwoLayerNet:
    """A network with one hidden layer: affine - relu - affine - softmax.

    Shapes: D numbers an example, H hidden units, C classes.

    params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    reg: strength of the regularisation.
    """

    def __init__(
        self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
    ):
        """Makes the parameters: weights gaussian around 0, biases zero.

        input_dim, hidden_dim, num_classes: D, H, C. weight_scale: standard deviation of the
        weights. reg: kept as self.reg.
        """
        # TODO: a dict self.params with the four arrays of the class's docstring.
        raise NotImplementedError("TODO: TwoLayerNet.__init__")

    def loss(self, X, y=None):
        """The scores of the examples, or the loss and its gradients.

        X: (N, d1, …, dk) with d1 * … * dk = D. y: (N,) integers in 0..C-1, or None.

        Returns the scores (N, C) where y is None; else (loss, grads): the mean softmax loss plus
        0.5 * reg * sum(W * W) for each of W1 and W2, none for biases, and a dict with the
        gradient of each parameter, by the names in self.params.
        """
        # TODO: forward through the layers, keeping each cache; for y None return the scores. Then
        # the loss, and backward through the same layers in reverse. The 0.5 makes the
        # regularisation's gradient reg * W.
        raise NotImplementedError("TODO: TwoLayerNet.loss")


def tune_two_layer_net(
    data,
    hidden_dims,
    learning_rates,
    regs,
    num_epochs=5,
    batch_size=200,
    n_jobs=1,
    make_net=TwoLayerNet,
):
    """Trains a net for each hidden size, learning rate and strength of regularisation.

    data: dict with X_train, y_train, X_val, y_val, as for Solver. num_epochs, batch_size: of each
    training. n_jobs: how many run at once; the result does not depend on it. make_net: called
    as make_net(input_dim=D, hidden_dim=H, num_classes=C, reg=reg), gives a new untrained net; D
    and C follow from the data.

    Returns (results, best): results is a dict {(hidden_dim, learning_rate, reg): highest
    validation accuracy}, as fractions of 1; best is the trained net with the highest of all, of
    equals the first.
    """
    # TODO: a function that makes one net and trains it with a Solver (verbose=False), which keeps
    # best_val_acc. Give all triples to in_parallel(function, settings, n_jobs), or loop over them.
    raise NotImplementedError("TODO: tune_two_layer_net")
