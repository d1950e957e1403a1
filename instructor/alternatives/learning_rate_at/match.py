"""match, and the schedule by itself."""

import numpy as np


def learning_rate_at(step, num_steps, base_rate, schedule, warmup=0):
    if warmup > step:
        return np.linspace(0, base_rate, warmup + 1)[step + 1]
    if warmup > 0:
        return learning_rate_at(step - warmup, num_steps - warmup, base_rate, schedule)
    match schedule:
        case "constant":
            return base_rate
        case "step":
            rate = base_rate
            if step * 2 >= num_steps:
                rate = rate / 10
            if step * 4 >= num_steps * 3:
                rate = rate / 10
            return rate
        case "linear":
            return base_rate - base_rate * step / num_steps
        case "cosine":
            return 0.5 * base_rate * (1 + np.cos(np.pi * (step / num_steps)))
        case "inverse_sqrt":
            return base_rate * np.power(1.0 + step, -0.5)
        case _:
            raise ValueError(f"unknown schedule {schedule}")
