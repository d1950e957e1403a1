"""One helper for both running means."""

import numpy as np


def running_mean(old, new, beta, t):
    mean = beta * old + (1 - beta) * new
    return mean, mean / (1 - beta**t)


def adam(w, dw, config=None):
    config = {
        "learning_rate": 1e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "m": np.zeros(w.shape, w.dtype),
        "v": np.zeros(w.shape, w.dtype),
        "t": 0,
        **({} if config is None else config),
    }
    config["t"] = config["t"] + 1
    config["m"], first = running_mean(config["m"], dw, config["beta1"], config["t"])
    config["v"], second = running_mean(config["v"], np.square(dw), config["beta2"], config["t"])
    next_w = w.copy()
    next_w -= config["learning_rate"] * (first / (np.sqrt(second) + config["epsilon"]))
    return next_w, config
