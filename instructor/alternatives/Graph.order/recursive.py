"""Calls itself with what is placed so far; a tuple comes out."""


class Graph:
    def order(self):
        return self._continued(())

    def _continued(self, placed):
        left = [name for name in self.gates if name not in placed]
        for name in left:
            if not set(self.inputs[name]) - set(placed):
                return self._continued((*placed, name))
        if left:
            waits = {name: self.inputs[name] for name in left}
            raise ValueError(f"cannot be placed: {waits}")
        return placed
