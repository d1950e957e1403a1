"""A table of functions of t and T."""

import math


def learning_rate_at(step, num_steps, base_rate, schedule, warmup=0):
    factors = {
        "constant": lambda t, T: 1,
        "step": lambda t, T: 1 if t / T < 0.5 else 0.1 if t / T < 0.75 else 0.01,
        "linear": lambda t, T: (T - t) / T,
        "cosine": lambda t, T: math.cos(math.pi * t / (2 * T)) ** 2,
        "inverse_sqrt": lambda t, T: (t + 1) ** -0.5,
    }
    if schedule not in factors:
        raise ValueError(schedule)
    if step < warmup:
        return (step + 1) / warmup * base_rate
    return base_rate * factors[schedule](step - warmup, num_steps - warmup)
