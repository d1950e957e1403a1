"""Calls a batch normalization with everything turned, as is often seen."""

import numpy as np


def normalize_columns(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    mean, var = x.mean(axis=0), x.var(axis=0)
    bn_param["running_mean"] = 0.9 * bn_param.get("running_mean", np.zeros(x.shape[1])) + 0.1 * mean
    x_hat = (x - mean) / np.sqrt(var + eps)
    return gamma * x_hat + beta, (x_hat, gamma)


def layernorm_forward(x, gamma, beta, ln_param):
    bn_param = {"mode": "train", **ln_param}  # a copy: the running averages are for no one
    out, cache = normalize_columns(x.T, gamma[:, np.newaxis], beta[:, np.newaxis], bn_param)
    return out.T, cache
