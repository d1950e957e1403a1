"""Further cases of the update rules.

The references are closed forms: each running sum of a rule is a weighted sum of all gradients so
far, in place of a step from the last one.
"""

import numpy as np

from cs231n.course.checking.battery import battery

RETURNS = {"next_w": "array", "config": "dict"}
NOTHING = {"velocity": 0, "cache": 0, "m": 0, "v": 0, "t": 0}


def faded(terms, keep, start):
    """The sum of the terms, each faded by `keep` for every step since; and of what there was."""
    steps = len(terms)
    return keep**steps * start + sum(keep ** (steps - 1 - k) * term for k, term in enumerate(terms))


# Each rule: (move of w, memory) after these gradients, each with a learning rate of its own.


def momentum(settings, old, dws, rates):
    pushes = [-rate * dw for rate, dw in zip(rates, dws, strict=True)]
    velocity = faded(pushes, settings["momentum"], old["velocity"])
    return velocity, {"velocity": velocity}


def by_usual_size(settings, old, dws, rates):
    keep = settings["decay_rate"]
    cache = faded([(1 - keep) * dw * dw for dw in dws], keep, old["cache"])
    return -rates[-1] * dws[-1] / (cache**0.5 + settings["epsilon"]), {"cache": cache}


def momentum_by_usual_size(settings, old, dws, rates):
    beta1, beta2, t = settings["beta1"], settings["beta2"], old["t"] + len(dws)
    m = faded([(1 - beta1) * dw for dw in dws], beta1, old["m"])
    v = faded([(1 - beta2) * dw * dw for dw in dws], beta2, old["v"])
    mean = m / sum((1 - beta1) * beta1**k for k in range(t))
    square = v / sum((1 - beta2) * beta2**k for k in range(t))
    return -rates[-1] * mean / (square**0.5 + settings["epsilon"]), {"m": m, "v": v, "t": t}


def walk(trial, rule, title, w, dws, settings, config, *, old=NOTHING, rates=None):
    """Steps with these gradients; each is given the config that came back from the last.

    settings: all that the rule is to use. config: what the first step is given. old: the memory in
    it. rates: learning rates that the caller sets before each step but the first.
    """
    held = {"learning_rate", *(config or {})}
    rates = rates or [settings["learning_rate"]] * len(dws)
    for step, dw in enumerate(dws, start=1):
        inputs = {"w": w, "dw": dw, "config": config}
        next_w, config = trial.call(f"{title}, step {step}", inputs, may_change=["config"])
        move, memory = rule(settings, old, dws[:step], rates[:step])
        trial.close("next_w", next_w, w + move)
        right = {**settings, "learning_rate": rates[step - 1], **memory}
        for name in sorted(held | memory.keys()):
            claim = f"the config that comes back has {name} ({title}, step {step})"
            trial.that(claim, name in config, f"it has {', '.join(map(str, config)) or 'nothing'}")
            trial.close(f"config['{name}']", config[name], right[name])
        if step < len(dws):
            config["learning_rate"] = rates[step]
        w = w + move


def further(trial, rule, settings, old, defaults):
    """settings: none of them as usual. old: a memory for a w of (2, 3). defaults: the usual."""
    random = np.random.RandomState(1)
    w, dw = random.normal(size=(2, 2, 3))
    walk(trial, rule, "all is given", w, [dw], settings, {**settings, **old}, old=old)

    w, *dws = random.normal(size=(5, 4))
    rates = [settings["learning_rate"] * share for share in (1, 1, 0.5, 0.25)]
    walk(trial, rule, "the caller lowers the rate", w, dws, settings, settings, rates=rates)

    # Some weights have gradients as usual, some have tiny ones, and some have none.
    w, *dws = random.normal(size=(4, 2, 1, 3, 2))
    dws = [dw * [[1], [1e-8], [0]] for dw in dws]
    walk(trial, rule, "no config", w, dws, defaults, None)
    walk(trial, rule, "an empty config", w, dws[:1], defaults, {})
    settings = {**defaults, "learning_rate": 0.5}
    walk(trial, rule, "only a learning rate", w, dws[:2], settings, {"learning_rate": 0.5})

    for name in defaults:
        if name != "epsilon":  # without it, weights that have no gradient would be 0 / 0
            some = {**defaults, name: 0}
            walk(trial, rule, f"{name} is 0", w, dws[:2], some, some)

    kept = [trial.function(w.copy(), dw.copy())[1] for dw in dws]
    trial.that(
        "two parameters have configs of their own",
        kept[0] is not kept[1],
        "one dict serves all parameters: make a new one where config is None",
    )


@battery("sgd_momentum", returns=RETURNS, single=True)
def sgd_momentum(trial):
    settings = {"learning_rate": 0.3, "momentum": 0.7}
    old = {"velocity": np.array([[0.5, -1.5, 2.0], [0.1, 0.0, -0.7]])}
    further(trial, momentum, settings, old, {"learning_rate": 1e-2, "momentum": 0.9})


@battery("rmsprop", returns=RETURNS, single=True)
def rmsprop(trial):
    settings = {"learning_rate": 0.3, "decay_rate": 0.7, "epsilon": 0.2}
    old = {"cache": np.array([[0.5, 1.5, 2.0], [0.1, 0.0, 0.7]])}
    defaults = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}
    further(trial, by_usual_size, settings, old, defaults)


@battery("adam", returns=RETURNS, single=True)
def adam(trial):
    settings = {"learning_rate": 0.3, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.2}
    m = np.array([[0.5, -1.5, 2.0], [0.1, 0.0, -0.7]])
    old = {"m": m, "v": 2 * m * m + 0.3, "t": 8}
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    further(trial, momentum_by_usual_size, settings, old, defaults)
