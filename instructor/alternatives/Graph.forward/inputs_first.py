"""Looks at each name by itself, and says which value is missing or too many."""


class Graph:
    def forward(self, **values):
        for name in values:
            if self.gates.get(name, name) is not None:
                raise ValueError(f"{name} is no input of the graph")
        self.values = {}
        for name in self.order():
            gate = self.gates[name]
            if gate:
                result = gate.forward(*map(self.values.__getitem__, self.inputs[name]))
            elif name in values:
                result = values[name]
            else:
                raise ValueError(f"no value for {name}")
            self.values[name] = result
        return result
