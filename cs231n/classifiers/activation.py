"""Nets that compute with another activation in the place of their relus, given code."""

import sys
from contextlib import ExitStack
from functools import partial
from unittest.mock import patch

from cs231n import layer_utils, layers
from cs231n.layers import activations


def with_activation(net, name, **settings):
    """Lets a net compute with another activation wherever its code says relu; returns the net.

    net: of cs231n.classifiers. name: of an activation that takes one array and whose backward pass
    returns one, such as "tanh": f"{name}_forward" and f"{name}_backward" of cs231n.layers are what
    the net takes from then on. settings: further arguments of the forward pass, such as slope=0.1.

    The net's own code stays as it is: only while its loss runs do the names relu_forward and
    relu_backward, and so the sandwiches made of them, mean the other pair (in this whole process:
    such nets must not run in several threads at once). Raises AttributeError where there is no such
    activation.
    """
    plain_loss = net.loss
    _pair(name, settings)  # a name that there is not is told here, and not in training

    def loss(X, y=None):
        homes = (sys.modules[type(net).__module__], layer_utils, activations)
        with ExitStack() as swapped:
            for home in homes:
                swapped.enter_context(patch.multiple(home, create=True, **_pair(name, settings)))
            return plain_loss(X, y)

    net.loss = loss
    return net


def _pair(name, settings):
    """The two passes of an activation, under the names of relu's."""
    forward = getattr(layers, f"{name}_forward")
    backward = getattr(layers, f"{name}_backward")
    return {"relu_forward": partial(forward, **settings), "relu_backward": backward}
