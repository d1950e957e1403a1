"""A special case for the first and the last layer, and types at the end."""

import numpy as np


class FullyConnectedNet:
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
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        for i in range(self.num_layers):
            n_in = input_dim if i == 0 else hidden_dims[i - 1]
            n_out = num_classes if i == self.num_layers - 1 else hidden_dims[i]
            self.params["W" + str(i + 1)] = np.random.normal(0, weight_scale, (n_in, n_out))
            self.params["b" + str(i + 1)] = np.zeros(n_out)
            if self.normalization is not None and i != self.num_layers - 1:
                self.params["gamma" + str(i + 1)] = np.ones(n_out)
                self.params["beta" + str(i + 1)] = np.zeros(n_out)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed

        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for _ in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for _ in range(self.num_layers - 1)]

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)
