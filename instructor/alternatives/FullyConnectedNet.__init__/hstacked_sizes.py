"""The sizes as one array, and the normalization in a loop of its own."""

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
        self.normalization, self.reg, self.dtype = normalization, reg, dtype
        self.num_layers = 1 + len(hidden_dims)
        self.params = {}
        dims = np.hstack([input_dim, hidden_dims, num_classes]).astype(int)
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
        if normalization in ("batchnorm", "layernorm"):
            for i, size in enumerate(hidden_dims):
                self.params["gamma" + str(i + 1)] = np.ones(size)
                self.params["beta" + str(i + 1)] = np.zeros(size)
        self.use_dropout = dropout_keep_ratio < 1
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param["mode"] = "train"
            self.dropout_param["p"] = dropout_keep_ratio
            if seed is not None:
                self.dropout_param["seed"] = seed
        self.bn_params = [{"mode": "train"} for _ in hidden_dims] if normalization else []
        self.params = {k: v.astype(dtype) for k, v in self.params.items()}
