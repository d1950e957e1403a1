"""Computes in a dict of its own, and keeps it at the end, in order."""


class Graph:
    def forward(self, **values):
        names = self.order()
        missing = [n for n in names if self.gates[n] is None and n not in values]
        unknown = [n for n in values if n not in names or self.gates[n] is not None]
        if missing or unknown:
            raise ValueError(f"missing: {missing}, unknown: {unknown}")
        computed = {}
        for name in names:
            sources = self.inputs[name]
            if self.gates[name] is None:
                computed[name] = values[name]
            else:
                computed[name] = self.gates[name].forward(*(computed[s] for s in sources))
        self.values = computed
        return self.values[names[-1]]
