"""The running averages are arrays that stay the same object; the cache is a dict."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] not in ("train", "test"):
        raise ValueError(bn_param["mode"])
    root = lambda var: (var + bn_param.get("eps", 1e-5)) ** 0.5  # noqa: E731
    for name in ("running_mean", "running_var"):
        bn_param.setdefault(name, np.zeros_like(gamma))
    if bn_param["mode"] == "test":
        scale = gamma / root(bn_param["running_var"])
        return x * scale + (beta - bn_param["running_mean"] * scale), None
    momentum = bn_param.get("momentum", 0.9)
    mean = np.average(x, axis=0)
    var = np.mean(np.square(x - mean), axis=0)
    for name, value in (("running_mean", mean), ("running_var", var)):
        bn_param[name] *= momentum
        bn_param[name] += (1 - momentum) * value
    cache = {"x_hat": (x - mean) / root(var), "std": root(var), "gamma": gamma}
    return cache["x_hat"] * gamma + beta, cache
