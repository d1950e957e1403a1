"""The two parts, added pair by pair."""

from cs231n.optimization import l1_penalty, l2_penalty


def elastic_net_penalty(W, l1, l2):
    both = zip(l1_penalty(W, l1), l2_penalty(W, l2), strict=True)
    value, gradient = (a + b for a, b in both)
    return value, gradient
