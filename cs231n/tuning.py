"""How settings of a training are found, and what is made of its models afterwards.

ranges: {name: where a setting is looked for}, which is (low, high, "log"), (low, high, "linear") or
a list of choices. settings: {name: value}, one for each name.
"""

from itertools import product

import numpy as np


def sample_settings(ranges, num, seed):
    """Settings drawn at random: each name by itself, anew for each of the settings.

    ranges: as at the top of this file, with 0 < low where the scale is "log".

    - (low, high, "linear"): a number between low and high, each as likely as any other;
    - (low, high, "log"): a number between low and high whose logarithm is as likely to be anywhere
      between log(low) and log(high), so that each power of ten gets its share;
    - a list: one of its choices, each as likely. A choice may be anything, such as [100, 50].

    num: how many. seed: a whole number; the same seed gives the same settings. numpy's global
    random stream is not used, nor seeded.

    Returns a list of num dicts {name: value}.
    """
    # TODO: np.random.RandomState(seed) is a stream of its own. Of a list, draw a position in it:
    # a choice need not be a number.
    raise NotImplementedError("TODO: sample_settings")


def grid_settings(ranges, per_axis):
    """Settings on a grid: each value of a name with each value of all the others.

    ranges: as at the top of this file, with 0 < low where the scale is "log". per_axis: how many
    values each range has, 2 or more: low is the first of them and high the last, at equal distances
    ("linear") or of equal quotients ("log"). Of a list all choices are taken.

    Returns a list of dicts {name: value}, in any order.
    """
    # TODO: np.linspace and np.geomspace; product(*lists).
    raise NotImplementedError("TODO: grid_settings")


def narrow(ranges, results, keep):
    """Ranges for the next search, around the best settings of the last one.

    ranges: as at the top of this file. results: a list of (settings, accuracy). keep: how many of
    the results are the best, 1 or more: those with the highest accuracy, and of equals those that
    come first. Where there are fewer, all of them.

    Returns a new dict of ranges, with the names and scales of the old ones. A range goes from the
    lowest to the highest value that the best have, cut where it would go beyond the old range; a
    list has those of its choices that occur among the best, in its own order. What is given stays
    as it is.
    """
    # TODO: the best are sorted(…)[:keep]; sorted leaves equals in their order. Then a loop over the
    # names.
    raise NotImplementedError("TODO: narrow")


def learning_rate_at(step, num_steps, base_rate, schedule, warmup=0):
    """The learning rate of a step of a training: a warm-up, and then a schedule.

    step: its number, from 0 to num_steps. num_steps: of the whole training. base_rate: what the
    schedule begins at. warmup: of how many steps the rate first grows in a straight line: in step 0
    it is base_rate / warmup, in step 1 twice as much, in step warmup - 1 base_rate.

    After that, schedule says how it goes on. It begins anew there: with t the steps since the
    warm-up's end and T = num_steps - warmup,

        "constant"      base_rate
        "step"          base_rate; a tenth of it from t = T / 2 on, a hundredth from t = 3 T / 4 on
        "linear"        base_rate (1 - t / T)
        "cosine"        base_rate (1 + cos(pi t / T)) / 2
        "inverse_sqrt"  base_rate / sqrt(1 + t)

    Returns a number. Raises ValueError for a schedule of another name; a step of the warm-up, which
    needs none, may do without.

    Sources: "cosine": Loshchilov and Hutter, SGDR (ICLR 2017), without restarts; warm-up: Goyal et
    al., Accurate, large minibatch SGD (2017).
    """
    # TODO: the warm-up returns first. What is left sees only t and T.
    raise NotImplementedError("TODO: learning_rate_at")


def early_stop(val_history, patience):
    """Whether a training has stopped getting better.

    val_history: a list of validation accuracies, one for each epoch so far, 1 or more. patience:
    how many epochs without a better one are put up with, 1 or more.

    Returns (best, stop): the position of the highest accuracy, of equals the first; and True where
    the last `patience` entries, or more, have brought nothing better, else False.
    """
    # TODO: two lines. How many entries stand behind the best one?
    raise NotImplementedError("TODO: early_stop")


def ensemble_predict(models, X):
    """The labels that several models agree on: the highest mean of their probabilities.

    models: a list; model.loss(X) gives a model's scores (N, C), of any size and any distance from
    each other. X: (N, …). A model's probabilities are the softmax of its scores.

    Returns labels (N,), integers in 0..C-1.
    """
    # TODO: each row of scores less its maximum, exp, over its sum. Then the mean over the models.
    raise NotImplementedError("TODO: ensemble_predict")


def average_parameters(snapshots):
    """The mean of a net's parameters over several moments of its training.

    snapshots: a list of dicts {name: array}, one or more, with the same names and shapes.

    Returns a dict {name: array}, each the mean of the arrays of this name, of their type. The
    arrays are new ones, and what is given stays as it is.
    """
    # TODO: one line, or a loop over the names.
    raise NotImplementedError("TODO: average_parameters")
