"""Inputs drawn for a grading, for exercises whose batteries draw none: against the key's answer.

Each function takes a module, the one with the answer or the one with the key's, and a RandomState,
and yields what comes out of the same calls.
"""

import numpy as np


def count_labels(module, random):
    for size in (1, 7, 30):
        labels = [f"label {number}" for number in random.randint(5, size=size)]
        yield list(module.count_labels(labels).items())


def checkerboard(module, random):
    for size in random.randint(1, 30, size=4).tolist():
        yield module.checkerboard(size)


def one_hot(module, random):
    for size, classes in random.randint(2, 20, size=(4, 2)).tolist():
        yield module.one_hot(random.randint(classes, size=size), classes)


def conv_output_size(module, random):
    for places, filter_size, stride, pad in random.randint(1, 9, size=(12, 4)).tolist():
        size = (places - 1) * stride + filter_size - 2 * pad
        if size > 0:
            yield module.conv_output_size(size, filter_size, stride, pad)
        if stride > 1 and size > 0:
            yield _error(module.conv_output_size, size + 1, filter_size, stride, pad)


def conv_num_params(module, random):
    for filters, size, channels, places in random.randint(1, 60, size=(8, 4)).tolist():
        yield module.conv_num_params(filters, size, channels, places)


def grid_settings(module, random):
    for per_axis in (2, 4):
        low, choices = random.uniform(0.1, 1, size=2), random.permutation(100)[:3].tolist()
        ranges = {"a": (low[0], 7 * low[0], "log"), "b": (low[1], 3.0, "linear"), "c": choices}
        settings = module.grid_settings(ranges, per_axis)
        yield sorted([float(each[name]) for name in "abc"] for each in settings)


def narrow(module, random):
    for keep in (1, 3, 5):
        ranges = {"rate": (0.1, 0.8, "log"), "size": random.permutation(6).tolist()}
        results = [
            ({"rate": float(rate), "size": size}, float(accuracy))
            for rate, size, accuracy in zip(
                random.uniform(0.1, 0.8, size=9), random.randint(6, size=9).tolist(),
                random.permutation(9) / 10, strict=True,
            )
        ]  # fmt: skip
        got = module.narrow(ranges, results, keep)
        yield [*map(float, got["rate"][:2]), got["rate"][2], *got["size"]]


def learning_rate_at(module, random):
    for name in ("constant", "step", "linear", "cosine", "inverse_sqrt"):
        for _ in range(4):
            warmup, rest = random.randint(1, 20, size=2).tolist()
            step, rate = int(random.randint(warmup + 4 * rest)), float(random.uniform())
            yield module.learning_rate_at(step, warmup + 4 * rest, rate, name, warmup)


def early_stop(module, random):
    for size in (1, 5, 12, 12, 12):
        history = (random.randint(20, size=size) / 20).tolist()
        best, stop = module.early_stop(history, int(random.randint(1, 6)))
        yield [int(best), bool(stop)]


def graph_order(module, random):
    for size in (4, 8, 12):
        graph = module.Graph()
        for place in random.permutation(size).tolist():
            inputs = [f"n{each}" for each in random.randint(place, size=2)] if place > 1 else []
            graph.add(f"n{place}", module.AddGate() if inputs else None, *inputs)
        yield list(map(str, module.Graph.order(graph)))


def initialize(module, random):
    for fan_in, fan_out in random.randint(300, 600, size=(3, 2)).tolist():
        for kind, std in (("small", 0.01), ("xavier", fan_in**-0.5), ("he", (2 / fan_in) ** 0.5)):
            W = module.initialize(fan_in, fan_out, kind)
            yield [*np.shape(W), bool(abs(np.std(W) / std - 1) < 0.05)]


def dropout_forward(module, random):
    for share in (0.25, 0.5):
        x, seed = random.normal(5, 1, size=random.randint(5, 9, size=3)), int(random.randint(999))
        out, _ = module.dropout_forward(x, {"mode": "train", "p": share, "seed": seed})
        again, _ = module.dropout_forward(x, {"mode": "train", "p": share, "seed": seed})
        yield [bool(np.all((out == 0) | np.isclose(out, x / share))), np.array_equal(out, again)]
        out, _ = module.dropout_forward(x, {"mode": "test", "p": share})
        yield out


def random_search(module, random):
    goal = random.normal(size=3)

    def loss(W):
        return float(np.sum((W - goal) ** 2))

    W, value = module.random_search(loss, (3,), 40, 1.0)
    yield [np.shape(W), bool(np.isclose(value, loss(W))), bool(value < loss(0 * goal + 9))]


def sample_settings(module, random):
    low = float(random.uniform(0.01, 1))
    ranges = {"a": (low, 50 * low, "log"), "b": [1, 2]}
    drawn = module.sample_settings(ranges, 400, int(random.randint(999)))
    logs = np.log([each["a"] for each in drawn]) - np.log(low)
    inside = bool(np.all((logs >= 0) & (logs <= np.log(50) + 1e-9)))
    middle = bool(abs(np.mean(logs) - np.log(50) / 2) < 0.5)
    yield [len(drawn), inside, middle, sorted({each["b"] for each in drawn})]


CASES = {
    "Graph.order": graph_order,
    **{
        each.__name__: each
        for each in (
            count_labels, checkerboard, one_hot, conv_output_size, conv_num_params, grid_settings,
            narrow, learning_rate_at, early_stop, initialize, dropout_forward, random_search,
            sample_settings,
        )
    },
}  # fmt: skip


def _error(function, *given):
    try:
        return function(*given)
    except ValueError:
        return "a ValueError"
