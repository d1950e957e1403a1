"""Normalization layers."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    if mode == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mean, var = running_mean, running_var
    else:
        raise ValueError(f'the mode is {mode!r}, expected "train" or "test"')
    centred = x - mean
    std = np.sqrt(var + eps)
    normalized = centred / std
    return gamma * normalized + beta, (centred, std, normalized, gamma)


def batchnorm_backward(dout, cache):
    centred, std, normalized, gamma = cache
    N = len(dout)
    # out = gamma * normalized + beta
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    dnormalized = dout * gamma
    # normalized = centred / std
    dcentred = dnormalized / std
    dstd = -(dnormalized * centred).sum(axis=0) / std**2
    # std = sqrt(var + eps), var = mean of centred ** 2
    dvar = dstd / (2 * std)
    dcentred += 2 * centred * dvar / N
    # centred = x - mean, mean = mean of x
    dmean = -dcentred.sum(axis=0)
    return dcentred + dmean / N, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    _, std, normalized, gamma = cache
    N = len(dout)
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    dx = (gamma / std) * (dout - dbeta / N - normalized * (dgamma / N))
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    normalized = (x - mean) / std
    return gamma * normalized + beta, (std, normalized, gamma)


def layernorm_backward(dout, cache):
    std, normalized, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    dnormalized = dout * gamma
    along = (dnormalized * normalized).mean(axis=1, keepdims=True)
    dx = (dnormalized - dnormalized.mean(axis=1, keepdims=True) - normalized * along) / std
    return dx, dgamma, dbeta
