"""Fully connected networks: affine layers with a nonlinearity in between."""

from itertools import product

import numpy as np

from cs231n.course.training.parallel import in_parallel
from cs231n.course.training.saving import Saving
from cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from cs231n.layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    dropout_backward,
    dropout_forward,
    layernorm_backward,
    layernorm_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
    svm_loss,
)
from cs231n.solver import Solver


class TwoLayerNet(Saving):
    """A network with one hidden layer: affine - relu - affine - softmax.

    Shapes: D numbers an example, H hidden units, C classes.

    params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,). Training puts new arrays into this dict.
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

        Scores of any size, and up to 600 apart, must come out right in float64.
        The arrays given stay as they are. So do those of self.params.
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

    data: dict with X_train, y_train, X_val, y_val, as for Solver; X_train may be pictures made on
    demand (see OnDemand), which have a shape and a length and can be indexed, but are no array.
    num_epochs, batch_size: of each training. n_jobs: how many run at once; the result does not
    depend on it. make_net: called as make_net(input_dim=D, hidden_dim=H, num_classes=C, reg=reg),
    gives a new untrained net; D and C follow from the data.

    Returns (results, best): results is a dict {(hidden_dim, learning_rate, reg): highest
    validation accuracy}, as fractions of 1; best is the trained net with the highest of all, of
    equals the first.

    The arrays given stay as they are.
    """
    # TODO: a function that makes one net and trains it with a Solver (verbose=False), which keeps
    # best_val_acc. Give all triples to in_parallel(function, settings, n_jobs), or loop over them.
    raise NotImplementedError("TODO: tune_two_layer_net")


class FullyConnectedNet(Saving):
    """A network of any depth: {affine - [normalization] - relu - [dropout]} x (L - 1) - affine -
    softmax.

    Shapes: D numbers an example, H1, H2, … hidden units, C classes. L counts the affine layers, so
    there are L - 1 hidden layers, and there may be none. What stands in brackets is there if it is
    asked for; see notebook 10.

    params: W1 (D, H1), b1 (H1,), W2 (H1, H2), … WL, bL (C,); with a normalization also gamma1 and
    beta1 (H1,) and so on, for every layer but the last. Training puts new arrays into this dict.
    reg: strength of the regularisation.
    dtype: the type of the parameters and of all that is computed with them.
    normalization: None, "batchnorm" or "layernorm".
    bn_params: a list with a dict of its own for each hidden layer. For batch normalization each is
    {"mode": "train"} at first, and keeps the running averages; for layer normalization, which
    has no mode, each is an empty dict (a mode in it does no harm). An empty list where
    normalization is None.
    dropout_param: a dict for all dropout layers, {"mode": "train", "p": dropout_keep_ratio} at
    first, with "seed" where one is given; an empty dict where dropout_keep_ratio is 1.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        """Makes the parameters: weights gaussian around 0, biases zero; gammas one, betas zero.

        hidden_dims: a list of H1, H2, …, one for each hidden layer. input_dim, num_classes: D, C.
        dropout_keep_ratio: the probability with which a hidden unit is kept; 1 is no dropout.
        normalization: None, "batchnorm" or "layernorm", kept as self.normalization. reg: kept as
        self.reg. weight_scale: standard deviation of the weights. dtype: of all parameters, kept
        as self.dtype. seed: of the dropout layers (the same numbers at each call then, as a
        gradient check needs); the weights are drawn from numpy's global random stream. hidden_dims
        stays as it is. self.bn_params and self.dropout_param are as the class's docstring says.
        """
        # TODO: notebook 08 needs self.params with W1, b1, … WL, bL, one pair for each step in the
        # list D, H1, …, C; and self.reg, self.dtype. Notebook 10: gamma and beta of each hidden
        # layer, self.normalization, self.bn_params and self.dropout_param.
        raise NotImplementedError("TODO: FullyConnectedNet.__init__")

    def loss(self, X, y=None):
        """The scores of the examples, or the loss and its gradients.

        X: (N, d1, …, dk) with d1 * … * dk = D, of any type; self.dtype is what is computed with.
        y: (N,) integers in 0..C-1, or None. With y, batch normalization and dropout run in mode
        "train", without it in mode "test".

        Returns the scores (N, C) where y is None; else (loss, grads): the mean softmax loss plus
        0.5 * reg * sum(W * W) for each of W1 … WL, none for b, gamma and beta, and a dict with the
        gradient of each parameter, by the names in self.params.

        Scores of any size, and up to 600 apart, must come out right in float64.
        The arrays given stay as they are. So do those of self.params.
        """
        # TODO: X.astype(self.dtype), then a loop over the layers that keeps each cache; for y None
        # return the scores. Then the loss, and a loop over the same layers in reverse. Notebook 10:
        # set the mode first; normalization goes before the relu, dropout behind it.
        raise NotImplementedError("TODO: FullyConnectedNet.loss")
