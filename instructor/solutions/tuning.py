"""Tuning."""

from itertools import product

import numpy as np


def sample_settings(ranges, num, seed):
    random = np.random.RandomState(seed)
    samples = []
    for _ in range(num):
        settings = {}
        for name, where in ranges.items():
            if isinstance(where, list):
                settings[name] = where[random.randint(len(where))]
            elif where[2] == "log":
                settings[name] = np.exp(random.uniform(np.log(where[0]), np.log(where[1])))
            else:
                settings[name] = random.uniform(where[0], where[1])
        samples.append(settings)
    return samples


def grid_settings(ranges, per_axis):
    axes = []
    for where in ranges.values():
        if isinstance(where, list):
            axes.append(where)
        elif where[2] == "log":
            axes.append(np.geomspace(where[0], where[1], per_axis))
        else:
            axes.append(np.linspace(where[0], where[1], per_axis))
    return [dict(zip(ranges, values, strict=True)) for values in product(*axes)]


def narrow(ranges, results, keep):
    best = sorted(results, key=lambda result: -result[1])[:keep]
    narrowed = {}
    for name, where in ranges.items():
        values = [settings[name] for settings, _ in best]
        if isinstance(where, list):
            narrowed[name] = [choice for choice in where if choice in values]
        else:
            low, high, scale = where
            narrowed[name] = max(min(values), low), min(max(values), high), scale
    return narrowed


def learning_rate_at(step, num_steps, base_rate, schedule, warmup=0):
    if step < warmup:
        return base_rate * (step + 1) / warmup
    t, T = step - warmup, num_steps - warmup
    if schedule == "constant":
        return base_rate
    if schedule == "step":
        falls = (t >= T / 2) + (t >= 3 * T / 4)
        return base_rate * 0.1**falls
    if schedule == "linear":
        return base_rate * (1 - t / T)
    if schedule == "cosine":
        return base_rate * (1 + np.cos(np.pi * t / T)) / 2
    if schedule == "inverse_sqrt":
        return base_rate / np.sqrt(1 + t)
    raise ValueError(f"no schedule is called {schedule!r}")


def early_stop(val_history, patience):
    best = int(np.argmax(val_history))
    return best, len(val_history) - 1 - best >= patience


def ensemble_predict(models, X):
    probabilities = []
    for model in models:
        scores = model.loss(X)
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities.append(exponentials / exponentials.sum(axis=1, keepdims=True))
    return np.mean(probabilities, axis=0).argmax(axis=1)


def average_parameters(snapshots):
    return {name: np.mean([each[name] for each in snapshots], axis=0) for name in snapshots[0]}
