"""The best is taken out again and again."""


def narrow(ranges, results, keep):
    left, best = list(results), []
    while left and len(best) < keep:
        top = max(left, key=lambda result: result[1])
        best.append(top[0])
        left.pop(next(i for i, each in enumerate(left) if each is top))
    new = dict(ranges)
    for name, where in ranges.items():
        if isinstance(where, list):
            new[name] = [c for c in where if c in [settings[name] for settings in best]]
        else:
            values = sorted(settings[name] for settings in best)
            new[name] = (max(values[0], where[0]), min(values[-1], where[1]), where[2])
    return new
