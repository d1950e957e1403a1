"""Kahn's algorithm: counts what each gate waits for; a heap of numbers says who was added first."""

import heapq


class Graph:
    def order(self):
        names = list(self.inputs)
        number = {name: i for i, name in enumerate(names)}
        users = {name: [] for name in names}
        waits = {}
        for name, inputs in self.inputs.items():
            sources = set(inputs)
            waits[name] = len(sources)
            for source in sources:
                if source not in number:
                    raise ValueError(f"never added: {source}")
                users[source].append(name)
        ready = [number[name] for name in names if not waits[name]]
        heapq.heapify(ready)
        order = []
        while ready:
            name = names[heapq.heappop(ready)]
            order.append(name)
            for user in users[name]:
                waits[user] -= 1
                if waits[user] == 0:
                    heapq.heappush(ready, number[user])
        if len(order) < len(names):
            raise ValueError("in a circle: " + " ".join(n for n in names if n not in order))
        return order
