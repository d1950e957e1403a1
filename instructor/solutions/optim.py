"""Update rules."""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    config |= {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **config}
    velocity = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    config["velocity"] = velocity
    return w + velocity, config


def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    defaults = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}
    config |= {**defaults, "cache": np.zeros_like(w), **config}
    decay = config["decay_rate"]
    cache = decay * config["cache"] + (1 - decay) * dw**2
    step = config["learning_rate"] * dw / (np.sqrt(cache) + config["epsilon"])
    config["cache"] = cache
    return w - step, config


def adam(w, dw, config=None):
    config = {} if config is None else config
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    config |= {**defaults, "m": np.zeros_like(w), "v": np.zeros_like(w), **config}
    beta1, beta2, t = config["beta1"], config["beta2"], config["t"] + 1
    m = beta1 * config["m"] + (1 - beta1) * dw
    v = beta2 * config["v"] + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])
    config |= {"m": m, "v": v, "t": t}
    return w - step, config
