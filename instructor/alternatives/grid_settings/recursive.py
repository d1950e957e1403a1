"""One name after the other."""


def grid_settings(ranges, per_axis):
    if not ranges:
        return [{}]
    (name, where), *others = ranges.items()
    values = where
    if isinstance(where, tuple):
        low, high, scale = where
        shares = [i / (per_axis - 1) for i in range(per_axis)]
        if scale == "log":
            values = [low * (high / low) ** share for share in shares]
        else:
            values = [low + (high - low) * share for share in shares]
    return [{**rest, name: v} for v in values for rest in grid_settings(dict(others), per_axis)]
