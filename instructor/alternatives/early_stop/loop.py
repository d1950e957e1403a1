"""A counter that starts again with each better one."""


def early_stop(val_history, patience):
    best, waited = 0, 0
    for i in range(1, len(val_history)):
        if val_history[i] > val_history[best]:
            best, waited = i, 0
        else:
            waited += 1
    stop = False
    if waited >= patience:
        stop = True
    return best, stop
