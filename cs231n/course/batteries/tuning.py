"""Further cases of the search for settings, of schedules, and of several models made one.

Settings are drawn by chance, so what is said of them must be all but sure. SURE is the chance that
one claim fails a right answer, whatever its random numbers are (bounds of Dvoretzky, Kiefer,
Wolfowitz and Massart, and of Hoeffding and Azuma): of all claims together below 1e-10.
"""

from itertools import combinations, pairwise

import numpy as np

from cs231n.course.checking.battery import battery

SURE = 1e-12
DRAWS = 2000
APART = np.sqrt(np.log(2 / SURE) / (2 * DRAWS))  # of shares from what they ought to be
TOGETHER = np.sqrt(2 * np.log(2 / SURE) / DRAWS)  # of the mean product of numbers in -1..1
ROOM = 1e-9  # for the rounding of an end

CHOICES = [[100], [100, 50], [200], "one layer", None]
NAMES = {
    "learning_rate": (1e-5, 1e-1, "log"),
    "keep": (-0.5, 1.5, "linear"),
    "hidden": CHOICES,
}


# --- settings drawn at random


@battery("sample_settings", returns={"settings": "several"})
def sample_settings(trial):
    require_draws(trial, "three names", NAMES, seed=3)
    more = {"reg": (1e-4, 1.0, "log"), "decay": (0.1, 0.9, "log"), "scale": (2.0, 8.0, "linear")}
    require_draws(trial, "three ranges", more, seed=11)
    require_draws(trial, "a list of two", {"batch_size": [50, 100]}, seed=0)
    for num in (0, 1, 5):
        settings = trial.call(f"num = {num}", {"ranges": NAMES, "num": num, "seed": 7})
        require_settings(trial, f"num = {num}", settings, NAMES, num)
    point = {"rate": (0.25, 0.25, "log"), "keep": (0.5, 0.5, "linear")}
    settings = trial.call("ranges of a single number", {"ranges": point, "num": 3, "seed": 1})
    got = [[each["rate"], each["keep"]] for each in settings]
    trial.close("rate and keep", got, [[0.25, 0.5]] * 3)
    require_seeds(trial)


def require_seeds(trial):
    rates = [
        [each["learning_rate"] for each in trial.call(f"seed = {seed}", inputs)]
        for seed in (1, 2)
        for inputs in [{"ranges": NAMES, "num": 20, "seed": seed}]
    ]
    used = rates[0] != rates[1]
    trial.that("another seed gives other settings", used, "is seed used, or another number?")


def require_draws(trial, title, ranges, seed):
    settings = trial.call(title, {"ranges": ranges, "num": DRAWS, "seed": seed})
    stream_is_left(trial, title)
    require_settings(trial, title, settings, ranges, DRAWS)
    shares = {name: shares_of(settings, name, where) for name, where in ranges.items()}
    for name, where in ranges.items():
        if isinstance(where, list):
            require_as_often(trial, name, shares[name], len(where))
        else:
            require_spread(trial, name, where, settings, shares[name])
    for name, numbers in shares.items():
        steps = np.mean([(2 * a - 1) * (2 * b - 1) for a, b in pairwise(numbers)])
        cause = (
            "they go up, or from low to high and round again: draw anew for each of the settings"
        )
        trial.that(f"{name} says nothing about the next {name}", abs(steps) < TOGETHER, cause)
    for one, other in combinations(ranges, 2):
        product = np.mean((2 * shares[one] - 1) * (2 * shares[other] - 1))
        cause = "one random number serves for several names: draw anew for each"
        trial.that(f"{one} says nothing about {other}", abs(product) < TOGETHER, cause)


def stream_is_left(trial, title):
    cause = (
        "np.random.… draws from the global stream, or np.random.seed(…) moves it: use a "
        "RandomState(seed) of its own"
    )
    trial.that(f"numpy's global stream is left alone ({title})", not trial.case.draws, cause)


def require_settings(trial, title, settings, ranges, num):
    """That there are num dicts, with a value where it may be for each name."""
    trial.close("how many settings", len(settings), num)
    require_names(trial, title, settings, ranges)
    for name, where in ranges.items():
        values = [each[name] for each in settings]
        if isinstance(where, list):
            inside = all(position(value, where) is not None for value in values)
            cause = "a choice is to be handed out as it stands in the list: draw a position in it"
            trial.that(f"{name} is one of the choices ({title})", inside, cause)
        else:
            require_inside(trial, name, where, values, title)


def require_names(trial, title, settings, ranges):
    """That each of the settings is a dict with the names of the ranges."""
    dicts = all(isinstance(each, dict) for each in settings)
    trial.that(f"each of the settings is a dict ({title})", dicts, "{name: value}, for each name")
    named = all(set(each) == set(ranges) for each in settings)
    cause = "a name is missing, or one too many"
    trial.that(f"the settings have the names of the ranges ({title})", named, cause)


def require_inside(trial, name, where, values, title):
    kinds = {np.asarray(value).dtype.kind for value in values} | {np.ndim(each) for each in values}
    cause = "something else than a single number stands there"
    trial.that(f"{name} is a number ({title})", kinds <= {"f", "i", 0}, cause)
    low, high, _ = where
    room = ROOM * (abs(low) + abs(high))
    inside = all(low - room <= value <= high + room for value in values)
    told = "a power of e or ten is taken of what is no logarithm, or not taken of what is one?"
    cause = told if where[2] == "log" else "low + (high - low) * a number between 0 and 1"
    trial.that(f"{name} lies between low and high ({title})", inside, cause)


def position(value, choices):
    """Where in a list of choices a value stands, or None. A copy is as good."""
    for i, choice in enumerate(choices):
        if type(value) is type(choice) and value == choice:
            return i
        if isinstance(value, np.generic) and value.item() == choice:
            return i
    return None


def shares_of(settings, name, where):
    """Each value as its place between the ends, 0 to 1; by its logarithm where that is meant."""
    values = [each[name] for each in settings]
    if isinstance(where, list):
        return np.array([position(value, where) for value in values]) / (len(where) - 1)
    low, high, scale = where
    if scale == "log":
        return np.log(np.divide(values, low)) / np.log(high / low)
    return np.subtract(values, low) / (high - low)


def require_as_often(trial, name, places, count):
    cause = "it is always the same one"
    trial.that(f"several choices of {name} are drawn", len(set(places)) > 1, cause)
    shares = [np.mean(np.isclose(places, i / (count - 1))) for i in range(count)]
    rarest, most = min(shares), max(shares)
    cause = "each of the choices is to be as likely, the first and the last too"
    close = most - 1 / count < APART and 1 / count - rarest < APART
    trial.that(f"each choice of {name} comes as often", close, cause)


def require_spread(trial, name, where, settings, places):
    """That places between 0 and 1 are spread evenly, and are not a few only."""
    low, high, scale = where
    cause = "is there one draw for all of them, or a choice among a few?"
    trial.that(f"hardly any {name} comes twice", len(set(places)) > 0.9 * DRAWS, cause)
    if scale == "log":
        values = np.array([each[name] for each in settings])
        evenly = gap_to_even((values - low) / (high - low)) < APART
        cause = "the numbers themselves are, as for a linear range"
    else:
        evenly = low > 0 and gap_to_even(np.log(np.array(places) * (high - low) + low)) < APART
        cause = "some parts of the range come more often than others"
    if not evenly:
        cause = "some parts of the range come more often than others"
    what = "the logarithms are" if scale == "log" else "numbers are"
    claim = f"{what} spread evenly from low to high ({name}, {scale})"
    trial.that(claim, gap_to_even(places) < APART, cause)


def gap_to_even(places):
    """The largest gap between the distribution of some numbers and the even one on 0..1."""
    ordered = np.sort(places)
    steps = np.arange(len(ordered) + 1) / len(ordered)
    return max(np.max(steps[1:] - ordered), np.max(ordered - steps[:-1]))


# --- grids


GRIDS = [
    ("a logarithmic range", {"rate": (0.01, 100.0, "log")}, 5, {"rate": [0.01, 0.1, 1, 10, 100]}),
    ("a linear range", {"keep": (-1.0, 2.0, "linear")}, 4, {"keep": [-1, 0, 1, 2]}),
    (
        "three names",
        {"rate": (0.25, 4.0, "log"), "hidden": CHOICES[:2], "keep": (0.5, 1.0, "linear")},
        3,
        {"rate": [0.25, 1, 4], "hidden": CHOICES[:2], "keep": [0.5, 0.75, 1]},
    ),
    ("both ends only", {"a": (1.0, 9.0, "log"), "b": (1.0, 9.0, "linear")}, 2,
     {"a": [1, 9], "b": [1, 9]}),
    ("a list longer than per_axis", {"hidden": CHOICES, "keep": (0.0, 4.0, "linear")}, 3,
     {"hidden": CHOICES, "keep": [0, 2, 4]}),
    ("lists alone", {"batch_size": [10, 40, 20], "rule": ["adam", "sgd"]}, 2,
     {"batch_size": [10, 40, 20], "rule": ["adam", "sgd"]}),
]  # fmt: skip


@battery("grid_settings", returns={"settings": "several"})
def grid_settings(trial):
    for title, ranges, per_axis, axes in GRIDS:
        settings = trial.call(title, {"ranges": ranges, "per_axis": per_axis})
        require_names(trial, title, settings, ranges)
        for name, values in axes.items():
            got = [each[name] for each in settings]
            require = require_choices if isinstance(ranges[name], list) else require_numbers
            require(trial, title, name, got, values)
        count = int(np.prod([len(values) for values in axes.values()]))
        trial.close("how many settings", len(settings), count)
        places = {tuple(place(each[n], axes[n]) for n in axes) for each in settings}
        cause = "some come twice, and others never"
        trial.that(f"each combination comes once ({title})", len(places) == count, cause)


def require_numbers(trial, title, name, got, expected):
    numeric = all(np.ndim(each) == 0 and np.asarray(each).dtype.kind in "fi" for each in got)
    trial.that(f"{name} is a number ({title})", numeric, "something else stands there")
    seen = {float(f"{value:.10g}") for value in got}  # once each, whatever the rounding
    trial.close(f"the values of {name}", sorted(seen), expected)


def require_choices(trial, title, name, got, expected):
    inside = all(position(value, expected) is not None for value in got)
    cause = "a choice is to be handed out as it stands in the list"
    trial.that(f"{name} is one of the choices ({title})", inside, cause)
    seen = {position(value, expected) for value in got}
    trial.close(f"how many choices of {name}", len(seen), len(expected))


def place(value, axis):
    """Which of an axis' values this is."""
    found = position(value, axis)
    return int(np.argmin([abs(value - each) for each in axis])) if found is None else found


# --- narrower ranges


WIDE = {
    "rate": (1e-4, 1.0, "log"),
    "keep": (0.25, 1.0, "linear"),
    "hidden": [[50], [100], [100, 50], "one layer"],
    "norm": ["batchnorm", None],
}
# (rate, keep, hidden, norm, accuracy): the best are the fifth, the second, the sixth, the first.
RUNS = [
    (0.02, 0.5, [50], None, 0.41),
    (0.5, 0.375, [100, 50], None, 0.47),
    (0.9, 1.0, "one layer", "batchnorm", 0.1),
    (2e-4, 0.25, [50], "batchnorm", 0.22),
    (0.125, 0.75, [100, 50], None, 0.52),
    (0.25, 0.625, [100], "batchnorm", 0.44),
]
NARROWED = [
    ("the best two", 2, (0.125, 0.5), (0.375, 0.75), [[100, 50]], [None]),
    ("the best three", 3, (0.125, 0.5), (0.375, 0.75), [[100], [100, 50]], ["batchnorm", None]),
    ("the best four", 4, (0.02, 0.5), (0.375, 0.75), [[50], [100], [100, 50]],
     ["batchnorm", None]),
    ("the best one", 1, (0.125, 0.125), (0.75, 0.75), [[100, 50]], [None]),
    ("all", 6, (2e-4, 0.9), (0.25, 1.0), WIDE["hidden"], WIDE["norm"]),
    ("more than there are", 20, (2e-4, 0.9), (0.25, 1.0), WIDE["hidden"], WIDE["norm"]),
]  # fmt: skip


def results_of(runs):
    return [(dict(zip(WIDE, run[:-1], strict=True)), run[-1]) for run in runs]


@battery("narrow", returns={"ranges": "dict"})
def narrow(trial):
    for title, keep, rate, kept, hidden, norm in NARROWED:
        inputs = {"ranges": WIDE, "results": results_of(RUNS), "keep": keep}
        expected = {"rate": rate, "keep": kept, "hidden": hidden, "norm": norm}
        require_ranges(trial, title, trial.call(title, inputs), WIDE, expected)
    require_cut(trial)
    require_first_of_equals(trial)
    require_first_of_many(trial)
    only = {"rate": (0.5, 8.0, "log")}
    results = [({"rate": 2.0, "seed": 9}, 0.3), ({"rate": 1.0, "seed": 8}, 0.2)]
    title = "results with a name that is not looked for"
    got = trial.call(title, {"ranges": only, "results": results, "keep": 2})
    require_ranges(trial, title, got, only, {"rate": (1.0, 2.0)})


def require_cut(trial):
    """The results may be those of a wider search."""
    for title, old, expected in [
        ("values on both sides of the old range", (0.1875, 0.375), (0.1875, 0.375)),
        ("values above the old range", (0.03125, 0.25), (0.125, 0.25)),
        ("values below the old range", (0.25, 0.75), (0.25, 0.5)),
    ]:
        for scale in ("log", "linear"):
            ranges = {"rate": (*old, scale), "hidden": [[7], [100, 50]]}
            inputs = {"ranges": ranges, "results": results_of(RUNS), "keep": 3}
            got = trial.call(f"{title}, {scale}", inputs)
            require_ranges(trial, title, got, ranges, {"rate": expected, "hidden": [[100, 50]]})


def require_first_of_equals(trial):
    runs = [(2.0**-i, 0.5, [100], None, 0.25) for i in range(1, 7)]
    runs[3] = (*runs[3][:-1], 0.75)
    for keep, expected in [(1, (0.0625, 0.0625)), (2, (0.0625, 0.5)), (3, (0.0625, 0.5))]:
        title = f"equal accuracies, the best {keep}"
        ranges = {"rate": WIDE["rate"]}
        inputs = {"ranges": ranges, "results": results_of(runs), "keep": keep}
        require_ranges(trial, title, trial.call(title, inputs), ranges, {"rate": expected})


def require_first_of_many(trial):
    """An order that is not stable shows with more than a few."""
    runs = [(2.0 ** -(i % 12), 0.5, [100], None, 0.25) for i in range(36)]
    ranges = {"rate": WIDE["rate"]}
    inputs = {"ranges": ranges, "results": results_of(runs), "keep": 3}
    got = trial.call("36 equal accuracies, the best 3", inputs)
    require_ranges(trial, "36 equal accuracies", got, ranges, {"rate": (0.25, 1.0)})


def require_ranges(trial, title, got, old, expected):
    named = set(got) == set(expected)
    trial.that(f"the names stay ({title})", named, "a name is missing, or one too many")
    for name, values in expected.items():
        if isinstance(old[name], list):
            is_list = isinstance(got[name], list)
            cause = "a set, a tuple or a range stands there"
            trial.that(f"{name} is a list of choices ({title})", is_list, cause)
            texts = [repr(each) for each in got[name]]
            trial.close(f"the choices of {name}", texts, [repr(each) for each in values], atol=0)
        else:
            as_before = isinstance(got[name], tuple | list) and len(got[name]) == 3
            cause = "a range is (low, high, scale)"
            trial.that(f"{name} is a range ({title})", as_before, cause)
            trial.close(f"low and high of {name}", list(got[name][:2]), values)
            kept = got[name][2] == old[name][2]
            trial.that(f"the scale of {name} stays ({title})", kept, "that of the old range")


# --- schedules


def constant(t, T):
    return 1.0


def step(t, T):
    return 1.0 if 2 * t < T else 0.1 if 4 * t < 3 * T else 0.01


def linear(t, T):
    return (T - t) / T


def cosine(t, T):
    return np.sin(np.pi * (T - t) / (2 * T)) ** 2


def inverse_sqrt(t, T):
    return (t + 1.0) ** -0.5


SCHEDULES = {each.__name__: each for each in (constant, linear, cosine, inverse_sqrt, step)}


@battery("learning_rate_at", returns={"rate": "number"})
def learning_rate_at(trial):
    for num_steps, warmup, steps in [
        (8, 0, range(9)),
        (12, 4, range(13)),
        (7, 0, (2, 3, 4, 5, 6)),
        (9, 2, (0, 1, 2, 5, 6, 7, 8, 9)),
        (6, 1, (0, 1, 2, 5)),
        (100_000, 0, (0, 49_999, 50_000, 75_000, 99_999)),
    ]:
        for name, schedule in SCHEDULES.items():
            for number in steps:
                title = f"{name}, step {number} of {num_steps:,}, warmup {warmup}"
                inputs = {"step": number, "num_steps": num_steps, "base_rate": 3.0}
                rate = trial.call(title, {**inputs, "schedule": name, "warmup": warmup})
                if number < warmup:
                    expected = np.linspace(0, 3.0, warmup + 1)[number + 1]
                else:
                    expected = 3.0 * schedule(number - warmup, num_steps - warmup)
                # The last steps of a cosine are small differences of numbers of size 1.
                trial.close("the rate", rate, expected, atol=1e-12)
    inputs = {"step": 3, "num_steps": 10, "base_rate": 1.0, "schedule": "cosine"}
    trial.close("the rate", trial.call("no warmup is given", inputs), cosine(3, 10))
    for name in ("exponential", "Cosine", ""):
        inputs = {"step": 3, "num_steps": 10, "base_rate": 1.0, "schedule": name}
        trial.raises(ValueError, f"the schedule {name!r}", inputs)


# --- early stopping


@battery("early_stop", returns={"best": "number", "stop": "number"})
def early_stop(trial):
    for title, history, best in [
        ("it gets better and better", [0.1, 0.2, 0.3, 0.4], 3),
        ("it gets worse after the third", [0.1, 0.3, 0.5, 0.4, 0.3], 2),
        ("a dip, and better again", [0.4, 0.1, 0.2, 0.5, 0.3, 0.4], 3),
        ("better than before, and not than the best", [0.2, 0.6, 0.3, 0.4, 0.5], 1),
        ("as good as the best, not better", [0.2, 0.5, 0.5, 0.4, 0.5], 1),
        ("one epoch", [0.3], 0),
        ("all the same", [0.1] * 6, 0),
        ("the first is the best", [0.6, 0.5, 0.4, 0.3, 0.2], 0),
        ("never right", [0.0, 0.0, 0.0], 0),
        ("gains of a thousandth", [0.5, 0.501, 0.502, 0.5015], 2),
    ]:
        for patience in (1, 2, 3, 4):
            inputs = {"val_history": history, "patience": patience}
            got, stop = trial.call(f"{title}, patience {patience}", inputs)
            trial.close("best", got, best)
            trial.close("stop", stop, float(len(history[best + 1 :]) >= patience))


# --- several models as one


class Known:
    """A model that has fixed scores for each of the examples, whose numbers are in X[:, 0]."""

    def __init__(self, scores):
        self.scores = np.array(scores, dtype=float)

    def loss(self, X, y=None):
        return self.scores[X[:, 0].astype(int)]


def shares(*rows):
    """Scores of which these are the probabilities, in shares of their sum."""
    return np.log(np.array(rows, dtype=float))


def ensembles():
    """(title, scores of each model, labels)."""
    # Votes, mean scores, the surest model, the first, the last: each would decide otherwise.
    tenths = [
        shares([3, 4, 3], [3, 5, 2], [3, 3, 4], [1, 3, 6]),
        shares([2, 3, 5], [8, 1, 1], [4, 2, 4], [2, 2, 6]),
        shares([5, 2, 3], [2, 6, 2], [3, 6, 1], [1, 4, 5]),
    ]
    yield "three models, four examples", tenths, [2, 0, 1, 2]
    lifted = [tenths[0] + 40, tenths[1] - 30, tenths[2]]
    yield "the same with other scores, alike in probability", lifted, [2, 0, 1, 2]
    # A share of next to nothing has a score far below: it must not count as a veto.
    yield "one model excludes a class", [shares([1e-12, 1, 2]), shares([90, 1, 9])], [0]
    yield "one model", [shares([1, 2, 3], [3, 2, 1], [2, 3, 1], [2, 3, 1])], [2, 0, 1, 1]
    yield "scores of thousands", [
        [[2999, 3000, 0], [-4000, -4001, -4002]],
        [[1, 0, 0], [-3000, -3000, -2990]],
    ], [1, 2]  # fmt: skip
    yield "scores 5,000 apart", [[[0, 5000, -5000]], [[0, 1, 4000]], [[0, 2000, 0]]], [1]
    yield "rows of very different size", [[[1000, 998], [-1000, -999]], [[0, 0], [0, 0]]], [0, 1]
    yield "as many models as classes and examples", [
        shares([6, 3, 1], [3, 5, 2], [1, 1, 8]),
        shares([1, 8, 1], [6, 2, 2], [2, 7, 1]),
        shares([4, 5, 1], [4, 3, 3], [5, 4, 1]),
    ], [1, 0, 1]  # fmt: skip


def many_examples():
    """(title, scores of each model, labels): whole numbers add up without rounding."""
    random = np.random.RandomState(0)
    for models, classes in ((2, 3), (5, 4)):
        tenths = 1 + random.multinomial(20 - classes, np.ones(classes) / classes, (models, 200))
        total = np.sort(tenths.sum(axis=0), axis=1)
        clear = total[:, -1] > total[:, -2]  # no ties
        labels = tenths.sum(axis=0).argmax(axis=1)
        yield f"{models} models, many examples", np.log(tenths[:, clear]), labels[clear]


@battery("ensemble_predict", returns={"labels": "labels"})
def ensemble_predict(trial):
    for title, scores, labels in (*ensembles(), *many_examples()):
        # The last example first: a model must be asked about X, not about its own examples.
        order = np.arange(len(labels))[::-1]
        X = np.column_stack([order, np.ones(len(order))]).astype(float)
        models = [Known(each) for each in scores]
        got = trial.call(title, {"models": models, "X": X})
        trial.close("labels", got, np.array(labels)[order])


# --- mean parameters


def snapshots_of(*shapes, count):
    random = np.random.RandomState(count)
    return [
        {f"W{i}": random.normal(size=shape) for i, shape in enumerate(shapes, start=1)}
        for _ in range(count)
    ]


@battery("average_parameters", returns={"params": "dict"}, single=True)
def average_parameters(trial):
    for title, snapshots in [
        ("two snapshots", snapshots_of((2, 3), (3,), count=2)),
        ("five snapshots", snapshots_of((4, 2), (2,), (2, 3, 2, 2), count=5)),
        ("one snapshot", snapshots_of((2, 2), count=1)),
        ("as many snapshots as rows", snapshots_of((3, 3), (3,), count=3)),
    ]:
        params = trial.call(title, {"snapshots": snapshots})
        named = set(params) == set(snapshots[0])
        trial.that(f"the names stay ({title})", named, "a name is missing, or one too many")
        for name, first in snapshots[0].items():
            total = np.zeros_like(first)
            for each in snapshots:
                total += each[name] / len(snapshots)
            trial.close(
                name, params[name], total, counts={"the number of snapshots": len(snapshots)}
            )
    first, second = snapshots_of((2,), (2,), count=2)
    turned = [first, dict(reversed(second.items()))]
    params = trial.call("names in another order", {"snapshots": turned})
    trial.close("W1", params["W1"], (first["W1"] + second["W1"]) / 2)
    same = snapshots_of((2,), count=1) * 2
    trial.close("W1", trial.call("the same twice", {"snapshots": same})["W1"], same[0]["W1"])
