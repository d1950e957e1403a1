"""Regularisations first; the best is kept as a copy."""

from copy import deepcopy

import numpy as np


def tune(make_classifier, data, learning_rates, regs, num_iters=500, n_jobs=1):
    results, best, highest = {}, None, -np.inf
    for reg in regs:
        for rate in learning_rates:
            model = make_classifier()
            model.train(data["X_train"], data["y_train"], rate, reg, num_iters=num_iters)
            pair = tuple(
                np.mean(model.predict(data[f"X_{name}"]) == data[f"y_{name}"])
                for name in ("train", "val")
            )
            results[rate, reg] = pair
            if pair[1] > highest:
                best, highest = deepcopy(model), pair[1]
    return results, best
