"""The list's own index of its maximum."""


def early_stop(val_history, patience):
    best = val_history.index(max(val_history))
    return best, len(val_history[best + 1 :]) >= patience
