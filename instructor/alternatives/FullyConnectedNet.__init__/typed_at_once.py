"""Every array is made in its type, from a list of layers."""

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
        ins, outs = (input_dim, *hidden_dims), (*hidden_dims, num_classes)
        self.num_layers = len(outs)
        self.reg = reg
        self.dtype = dtype
        self.normalization = normalization
        self.params = {}
        for name, n, m in zip(range(1, len(outs) + 1), ins, outs, strict=True):
            self.params.update(
                {
                    f"W{name}": np.random.normal(scale=weight_scale, size=(n, m)).astype(dtype),
                    f"b{name}": np.zeros(m, dtype=dtype),
                }
            )
            if normalization and name < len(outs):
                self.params[f"gamma{name}"] = np.ones(m, dtype=dtype)
                self.params[f"beta{name}"] = np.zeros(m, dtype=dtype)
        self.bn_params = []
        for _ in range(len(hidden_dims) if normalization else 0):
            self.bn_params.append({"mode": "train"})
        self.dropout_param = {}
        if dropout_keep_ratio != 1:
            self.dropout_param.update(mode="train", p=dropout_keep_ratio)
            if seed is not None:
                self.dropout_param.update(seed=seed)
