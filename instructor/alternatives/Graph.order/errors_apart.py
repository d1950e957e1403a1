"""Looks for missing inputs first; then takes the first that is ready, again and again."""


class Graph:
    def order(self):
        known = set(self.inputs)
        for name, inputs in self.inputs.items():
            for source in inputs:
                if source not in known:
                    raise ValueError(f"{name} takes {source}, which was never added")
        placed = []
        while set(placed) != known:
            for name in self.inputs:
                if name not in placed and all(source in placed for source in self.inputs[name]):
                    placed.append(name)
                    break
            else:
                raise ValueError(f"a cycle: {sorted(known - set(placed))}")
        return placed
