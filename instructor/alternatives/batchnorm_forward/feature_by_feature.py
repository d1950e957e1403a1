"""A loop over the features, in float64 inside."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    N, D = x.shape
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(D)).astype(np.float64)
    running_var = bn_param.get("running_var", np.zeros(D)).astype(np.float64)
    out, x_hat, stds = np.zeros_like(x), np.zeros_like(x), np.zeros(D)
    for d in range(D):
        column = x[:, d].astype(np.float64)
        if bn_param["mode"] == "train":
            mean = sum(column) / N
            var = sum((column - mean) ** 2) / N
            running_mean[d] += (1 - momentum) * (mean - running_mean[d])
            running_var[d] += (1 - momentum) * (var - running_var[d])
        elif bn_param["mode"] == "test":
            mean, var = running_mean[d], running_var[d]
        else:
            raise ValueError("no such mode")
        stds[d] = np.sqrt(var + eps)
        x_hat[:, d] = (column - mean) / stds[d]
        out[:, d] = gamma[d] * x_hat[:, d] + beta[d]
    if bn_param["mode"] == "train":
        bn_param.update(running_mean=running_mean, running_var=running_var)
    return out, (x_hat, stds, gamma)
