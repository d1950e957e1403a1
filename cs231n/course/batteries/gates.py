"""Further cases of gates, of graphs, and of the gradients of matrix products."""

import numpy as np

from cs231n.course.checking.battery import battery
from cs231n.course.checking.case import run
from cs231n.course.checking.comparing import compare
from cs231n.course.checking.copies import changes, fresh
from cs231n.course.checking.slopes import slope

# --- gates


def pairs(random):
    """(title, inputs) for gates of two inputs."""
    yield "numbers", {"x": -2.5, "y": 4.0}
    yield "other numbers", {"x": 3.0, "y": -0.25}
    yield "whole numbers", {"x": 3, "y": 7}
    yield "rows of whole numbers", {"x": np.array([3, -2, 0]), "y": np.array([1, 5, -4])}
    yield "x is larger everywhere", {"x": np.array([1.5, 0.5]), "y": np.array([1.25, -3.0])}
    for title, shape in [("rows", (4,)), ("matrices", (3, 2)), ("pictures", (2, 3, 2))]:
        yield title, {"x": random.normal(size=shape), "y": random.normal(size=shape)}


def singles(random):
    """(title, inputs) for a gate of one input."""
    yield "a number", {"x": -2.5}
    yield "another number", {"x": 0.75}
    yield "a whole number", {"x": 3}
    yield "a row of whole numbers", {"x": np.array([3, -2, 0])}
    for title, shape in [("a row", (4,)), ("a matrix", (3, 2)), ("pictures", (2, 3, 2))]:
        yield title, {"x": random.normal(scale=2, size=shape)}


def kind_of(value):
    return "array" if isinstance(value, np.ndarray) else "number"


def require_values(trial, reference, cases):
    """A gate's forward: a new gate for each case, and then one that was used before."""
    for title, inputs in cases:
        require_value(trial, title, trial.owner(), inputs, reference(**inputs))
    gate, others = as_left(trial), moved(inputs)
    require_value(trial, "a gate that was used before", gate, others, reference(**others))
    require_stays(trial, trial.owner(), inputs.values(), others.values())


def require_stays(trial, gate, *calls):
    """That what the first call gives is not overwritten by the next."""
    trial.settle()
    first, then = (fresh(list(each)) for each in calls)
    result = trial.function(gate, *first)
    before = fresh(result)
    trial.function(gate, *then)
    change = next(changes(before, result), None)
    cause = "an array on self is written into anew by each call: each result is a new array"
    trial.that("an earlier result stays as it was", change is None, cause)


def as_left(trial):
    """The gate or the graph of the latest call, as that left it."""
    return fresh(trial.case.inputs["self"])


def moved(inputs):
    """Other values in the place of these."""
    return {name: 0.5 - 2 * i + value for i, (name, value) in enumerate(inputs.items())}


def require_value(trial, title, gate, inputs, expected):
    returns = {"value": kind_of(inputs["x"])}
    got = trial.call(title, {"self": gate, **inputs}, returns=returns, may_change=("self",))
    trial.close("the value", got, expected)


def require_gradients(trial, reference, cases, random):
    """A gate's backward against exact slopes: once, again, and after other gates and values."""
    for title, inputs in cases:
        upstream = random.normal(size=np.shape(inputs["x"]))
        upstream = upstream if np.ndim(inputs["x"]) else float(upstream)
        gate = used_gate(trial, trial.owner(), reference, inputs)
        require_backward(trial, title, gate, reference, inputs, upstream)
    gate = as_left(trial)
    require_backward(trial, "backward a second time", gate, reference, inputs, upstream - 2)
    others = moved(inputs)
    gate = used_gate(trial, as_left(trial), reference, others)
    require_backward(trial, "a second forward, then backward", gate, reference, others, upstream)
    one, _ = (used_gate(trial, trial.owner(), reference, each) for each in (inputs, others))
    title = "two gates, both forward, then one of them backward"
    require_backward(trial, title, one, reference, inputs, upstream)
    require_stays(trial, as_left(trial), [upstream], [upstream + 1])


def used_gate(trial, gate, reference, inputs):
    """The gate, after a forward that was right."""
    trial.settle()
    forward = trial.exercise.replace("backward", "forward")
    value = run(forward, gate.forward, fresh(inputs))
    title = f"{forward}: the value, without which nothing can be said,"
    trial.close(title, value, reference(**inputs))
    return gate


def require_backward(trial, title, gate, reference, inputs, upstream):
    exact = {name: np.array(value, dtype=float) for name, value in inputs.items()}
    expected = {f"d{name}": slope(reference, exact, name, upstream) for name in inputs}
    require_shares(trial, title, gate, upstream, expected)


def require_shares(trial, title, gate, upstream, expected):
    """That backward hands back what is expected: {"dx": …, "dy": …}, or {"dx": …}."""
    kind = kind_of(upstream)
    pair = len(expected) > 1
    returns = dict.fromkeys(expected, kind) if pair else {"(dx,)": "several"}
    inputs = {"self": gate, "upstream": upstream}
    got = trial.call(title, inputs, returns=returns, may_change=("self",), may_share=True)
    if not pair:
        cause = "a tuple with the gradient of the one input: (dx,)"
        trial.that(f"one gradient is returned ({title})", len(got) == 1, cause)
    for (name, right), gradient in zip(expected.items(), got, strict=True):
        trial.close(name, gradient, right)


def add(x, y):
    return np.sum([x, y], axis=0)


def multiply(x, y):
    return np.prod([x, y], axis=0)


def larger(x, y):
    return np.where(np.real(x) >= np.real(y), x, y)


def sigmoid(x):
    return (1 + np.tanh(np.asarray(x) / 2)) / 2


@battery("AddGate.forward", returns={"value": "anything"})
def add_forward(trial):
    require_values(trial, add, pairs(np.random.RandomState(0)))


@battery("AddGate.backward", returns={"dx": "anything"}, needs=["AddGate.forward"])
def add_backward(trial):
    random = np.random.RandomState(1)
    require_gradients(trial, add, pairs(random), random)


@battery("MultiplyGate.forward", returns={"value": "anything"})
def multiply_forward(trial):
    require_values(trial, multiply, pairs(np.random.RandomState(2)))


@battery("MultiplyGate.backward", returns={"dx": "anything"}, needs=["MultiplyGate.forward"])
def multiply_backward(trial):
    random = np.random.RandomState(3)
    require_gradients(trial, multiply, pairs(random), random)


@battery("MaxGate.forward", returns={"value": "anything"})
def max_forward(trial):
    require_values(trial, larger, pairs(np.random.RandomState(4)))
    negative = {"x": np.array([-3.0, -1.0]), "y": np.array([-2.0, -5.0])}
    require_value(trial, "all negative", trial.owner(), negative, [-2.0, -1.0])


@battery("MaxGate.backward", returns={"dx": "anything"}, needs=["MaxGate.forward"])
def max_backward(trial):
    random = np.random.RandomState(5)
    require_gradients(trial, larger, pairs(random), random)
    ties = {"x": np.array([1.0, 3.0, -2.0, -4.0]), "y": np.array([1.0, 2.0, 5.0, -4.0])}
    upstream = np.array([10.0, 20.0, 30.0, -40.0])
    first = {"dx": np.array([10.0, 20, 0, -40]), "dy": np.array([0.0, 0, 30, 0])}
    gate = used_gate(trial, trial.owner(), larger, ties)
    require_shares(trial, "ties, with others beside them", gate, upstream, first)
    gate = used_gate(trial, trial.owner(), larger, {"x": 2.0, "y": 2.0})
    require_shares(trial, "a tie of two numbers", gate, -7.0, {"dx": -7.0, "dy": 0.0})


FAR = np.array([-700.0, -40.0, 0.0, 40.0, 700.0])


@battery("SigmoidGate.forward", returns={"value": "anything"})
def sigmoid_forward(trial):
    require_values(trial, sigmoid, singles(np.random.RandomState(6)))
    expected = [0.0, 0.0, 0.5, 1.0, 1.0]
    require_value(trial, "numbers far from 0", trial.owner(), {"x": FAR}, expected)


@battery("SigmoidGate.backward", returns={"dx": "anything"}, needs=["SigmoidGate.forward"])
def sigmoid_backward(trial):
    random = np.random.RandomState(7)
    require_gradients(trial, sigmoid, singles(random), random)
    gate = used_gate(trial, trial.owner(), sigmoid, {"x": FAR})
    upstream = np.array([1.0, 2, 8, 4, 5])
    require_shares(trial, "numbers far from 0", gate, upstream, {"dx": np.array([0.0, 0, 2, 0, 0])})


# --- graphs, of gates that are none of the exercises


class Minus:
    """x - y, which hands upstream itself on."""

    def forward(self, x, y):
        return x - y

    def backward(self, upstream):
        return upstream, -upstream


class Over:
    """x / y."""

    def forward(self, x, y):
        self.value, self.y = x / y, y
        return self.value

    def backward(self, upstream):
        return upstream / self.y, -upstream * self.value / self.y


class Mix:
    """x + 2 y + 3 z."""

    def forward(self, x, y, z):
        return x + 2 * y + 3 * z

    def backward(self, upstream):
        return upstream, 2 * upstream, 3 * upstream


class Total:
    """The sum of an array: a number."""

    def forward(self, x):
        self.shape = x.shape
        return x.sum()

    def backward(self, upstream):
        return (np.full(self.shape, upstream),)


class Shift:
    """A number c is taken from each entry of an array x."""

    def forward(self, x, c):
        return x - c

    def backward(self, upstream):
        return upstream, -np.sum(upstream)


GATES = {"minus": Minus, "over": Over, "mix": Mix, "total": Total, "shift": Shift}
FORMULAS = {
    "minus": "{} - {}", "over": "{} / {}", "mix": "{} + 2 {} + 3 {}", "total": "the sum of {}",
    "shift": "{} - {}",
}  # fmt: skip

DIAMOND = {"x": "", "y": "", "left": "minus x y", "right": "over x y", "top": "over left right"}
LATE = {"f": "over q z", "z": "", "q": "minus x y", "y": "", "x": ""}
THRICE = {"x": "", "y": "", "q": "mix x x x", "r": "over q x", "f": "minus r y"}
SHARED = {"x": "", "y": "", "a": "over x y", "b": "over a y", "f": "minus a b"}
MIXED = {
    "rows": "", "unused": "", "c": "", "n": "",
    "moved": "shift rows c", "idle": "over n c", "sum": "total moved", "f": "mix sum n c",
}  # fmt: skip


def built(trial, rows):
    """A graph; rows: {name: "gate and its inputs", or "" for an input of the graph}."""
    graph = trial.owner()
    for name, text in rows.items():
        gate, *inputs = text.split() or [None]
        graph.add(name, GATES[gate]() if gate else None, *inputs)
    return graph


def formulas(rows):
    """What a graph computes, in a line, in the order in which names are added."""
    gates = {name: text.split() for name, text in rows.items()}
    return ", ".join(
        f"{name} = {FORMULAS[gate[0]].format(*gate[1:])}" if gate else name
        for name, gate in gates.items()
    )


def value_of(rows, values, name):
    """The value of a name, worked out from it back to what is known."""
    if name in values:
        return values[name]
    gate, *inputs = rows[name].split()
    return GATES[gate]().forward(*(value_of(rows, values, each) for each in inputs))


def graphs():
    """(title, rows, last name, values of the inputs)."""
    random = np.random.RandomState(8)
    yield "a diamond", DIAMOND, "top", {"x": 3.0, "y": -0.5}
    yield "gates added before their inputs", LATE, "f", {"z": -4.0, "y": 5.0, "x": -2.0}
    yield "an input used four times", THRICE, "f", {"x": 1.5, "y": 0.25}
    for title, shape in [("rows", (4,)), ("matrices", (2, 3))]:
        yield title, SHARED, "f", dict(zip("xy", random.uniform(1, 2, (2, *shape)), strict=True))
    mixed = {"rows": random.normal(size=(3, 2)), "unused": random.normal(size=4)}
    yield "arrays beside numbers, one unused", MIXED, "f", {**mixed, "c": 0.5, "n": -2.0}


ORDERS = [
    ("each behind its inputs as they were added", DIAMOND, "x y left right top"),
    ("a gate added before its inputs", {"c": "total b", "a": "", "b": ""}, "a b c"),
    ("all gates added before their inputs", LATE, "z y x q f"),
    ("an input added at the end", {"a": "", "c": "total a", "b": ""}, "a c b"),
    ("a gate ready late", {"a": "", "c": "total b", "b": "", "d": "total a"}, "a b c d"),
    ("names against the alphabet", {"z": "", "b": "total z", "a": "total b"}, "z b a"),
    ("one name three times in a gate", {"x": "", "q": "mix x x x"}, "x q"),
    ("a name that is part of another", {"x1": "", "q": "total x", "x": ""}, "x1 x q"),
    ("a single input", {"x": ""}, "x"),
    ("an unused input", {"x": "", "idle": "", "q": "total x"}, "x idle q"),
]


@battery("Graph.order", returns={"names": "several"})
def graph_order(trial):
    for title, rows, expected in ORDERS:
        title = f"{title}: {formulas(rows)}"
        require_order(trial, title, built(trial, rows), expected)
    graph = as_left(trial)
    graph.add("late", Total(), "q")
    require_order(trial, "one more name after a first order", graph, "x idle q late")
    require_order_errors(trial)


def require_order(trial, title, graph, expected):
    got = trial.call(title, {"self": graph})
    compare(f"the order ({title})", got, expected.split())


def require_order_errors(trial):
    for title, rows, names in [
        ("an input that was never added", {"q": "minus x nowhere"}, ["nowhere"]),
        (
            "two gates wait for each other",
            {"ping": "minus pong x", "pong": "total ping"},
            PING_PONG,
        ),
        ("a gate waits for itself", {"narcissus": "minus x narcissus"}, ["narcissus"]),
        ("three gates in a circle, and one behind them", CIRCLE, ["first", "second", "third"]),
    ]:
        rows = {"x": "", **rows}
        title = f"{title}: {formulas(rows)}"
        trial.raises(ValueError, title, {"self": built(trial, rows)}, mentions=names)


PING_PONG = ["ping", "pong"]
CIRCLE = {
    "first": "total third", "second": "total first", "third": "minus second x",
    "behind": "total second",
}  # fmt: skip


@battery("Graph.forward", returns={"value": "anything"}, needs=["Graph.order"], by_name=True)
def graph_forward(trial):
    for title, rows, last, values in graphs():
        title = f"{title}: {formulas(rows)}"
        require_run(trial, title, built(trial, rows), rows, last, values)
    graph, others = as_left(trial), moved(values)
    require_run(trial, "forward again, with other values", graph, rows, last, others)
    one = trial.case.inputs["self"]
    require_run(trial, "an array comes out", built(trial, SHIFTED), SHIFTED, "f", SHIFTED_VALUES)
    names = ", ".join(sorted(one.values))
    cause = f"the first one has {names}: something is kept outside of the object"
    trial.that("two graphs have values of their own", one.values.keys() == rows.keys(), cause)
    require_forward_errors(trial)


SHIFTED = {"x": "", "c": "", "f": "shift x c"}
SHIFTED_VALUES = {"x": np.array([1.0, 2.0, 4.0]), "c": 3.0}


def require_run(trial, title, graph, rows, last, values):
    """That forward returns the last value, and keeps all of them."""
    expected = {name: value_of(rows, values, name) for name in rows}
    returns = {"value": kind_of(expected[last])}
    got = trial.call(title, {"self": graph, **values}, returns=returns, may_change=("self",))
    trial.close("the last value", got, expected[last])
    kept = trial.case.inputs["self"].values
    trial.that(
        f"self.values has a value for each name ({title})",
        isinstance(kept, dict) and kept.keys() == expected.keys(),
        f"it has {', '.join(kept) or 'none'}",
    )
    for name, value in expected.items():
        trial.close(f"self.values[{name!r}]", kept[name], value)


def require_forward_errors(trial):
    rows = {"width": "", "height": "", "ratio": "over width height"}
    both = {"width": 3.0, "height": 4.0}
    for title, values, name in [
        ("a value is missing", {"width": 3.0}, "height"),
        ("a name that the graph does not have", {**both, "depth": 1.0}, "depth"),
        ("a value for a gate", {**both, "ratio": 0.75}, "ratio"),
    ]:
        inputs = {"self": built(trial, rows), **values}
        trial.raises(ValueError, title, inputs, mentions=[name])
    circle = built(trial, {"width": "", "ping": "minus pong width", "pong": "total ping"})
    inputs = {"self": circle, "width": 3.0}
    trial.raises(ValueError, "two gates that wait for each other", inputs, mentions=["ping"])


@battery("Graph.backward", returns={"gradients": "dict"}, needs=["Graph.order", "Graph.forward"])
def graph_backward(trial):
    for title, rows, last, values in graphs():
        title = f"{title}: {formulas(rows)}"
        graph = run_graph(trial, built(trial, rows), rows, last, values)
        require_all_gradients(trial, title, graph, rows, last, values)
    graph, others = as_left(trial), moved(values)
    require_all_gradients(trial, "backward a second time", graph, rows, last, values)
    graph = run_graph(trial, as_left(trial), rows, last, others)
    title = "forward again with other values, then backward"
    require_all_gradients(trial, title, graph, rows, last, others)
    trial.raises(ValueError, "backward before forward", {"self": built(trial, DIAMOND)})


def run_graph(trial, graph, rows, last, values):
    """The graph, after a forward that was right."""
    trial.settle()
    value = run("Graph.forward", graph.forward, fresh(values), by_name=True)
    title = "Graph.forward: the last value, without which nothing can be said,"
    trial.close(title, value, value_of(rows, values, last))
    return graph


def require_all_gradients(trial, title, graph, rows, last, values):
    """Each against the slope of the last value when the name's own value moves."""
    before = fresh(graph.values)
    gradients = trial.call(title, {"self": graph}, may_change=("self",), may_share=True)
    lost = sorted(rows.keys() ^ gradients.keys())
    cause = f"{', '.join(lost)}: too few or too many"
    trial.that(f"there is a gradient for each name ({title})", not lost, cause)
    empty = [name for name, gradient in gradients.items() if gradient is None]
    cause = f"None stands for {', '.join(empty)}: what plays no part has a gradient of zero"
    trial.that(f"no gradient is None ({title})", not empty, cause)

    def last_value(**changed):
        return value_of(rows, {**values, **changed}, last)

    for name in reversed(before):
        known = {name: np.array(before[name], dtype=float)}
        expected = slope(last_value, known, name, np.ones(np.shape(before[last])))
        trial.close(f"the gradient of {name}", gradients[name], expected)
    change = next(changes(before, trial.case.inputs["self"].values), None)
    cause = "an operation in place, such as +=, on an array that is somebody else's"
    trial.that(f"self.values stay as they are ({title})", change is None, cause)


# --- Jacobians and matrix products


def cube(x):
    return x**3


def itself(x):
    return x


def running_products(x):
    return np.cumprod(x)


def strict_row(x):
    if x.shape != (2,):
        raise ValueError(f"an array of shape (2,) is wanted, not {x.shape}")
    return np.array([np.sin(x[0]) * x[1], np.exp(x[1]), x[0], x[0] / x[1]])


def distance(x):
    return np.sqrt(np.sum(x**2))[None]


@battery("numerical_jacobian", returns={"J": "array"})
def numerical_jacobian(trial):
    random = np.random.RandomState(9)
    for title, f, x in [
        ("two numbers in, four out", strict_row, np.array([0.3, 1.7])),
        ("each entry by itself", cube, np.array([0.1, -1.3, 0.7, 2.1])),
        ("running products", running_products, random.uniform(0.5, 1.5, size=5)),
        ("one number comes out", distance, np.array([0.3, -0.4, 1.2])),
        ("one number in, one out", cube, np.array([1.1])),
        ("its argument itself comes out", itself, np.array([0.1, 0.7, -0.3])),
    ]:
        got = trial.call(title, {"f": f, "x": x})
        trial.close("J", got, exact_jacobian(f, x), rtol=1e-7)
    got = trial.call("h = 0.5", {"f": cube, "x": np.array([1.0, 2.0]), "h": 0.5})
    trial.close("J", got, [[3.25, 0], [0, 12.25]])


def exact_jacobian(f, x):
    """A row for each output: its slope in each direction."""
    return np.array([slope(f, {"x": x}, "x", row) for row in np.eye(len(f(x)))])


@battery("matmul_backward", returns={"dx": "array", "dw": "array"})
def matmul_backward(trial):
    random = np.random.RandomState(10)
    for title, (N, D, M) in [
        ("three sizes", (4, 3, 2)),
        ("square", (3, 3, 3)),
        ("one row", (1, 2, 4)),
        ("one column", (3, 2, 1)),
        ("D is 1", (2, 1, 3)),
    ]:
        x, w, dout = (random.normal(size=size) for size in ((N, D), (D, M), (N, M)))
        dx, dw = trial.call(title, {"dout": dout, "x": x, "w": w})
        for name, got in (("x", dx), ("w", dw)):
            expected = slope(product, {"x": x, "w": w}, name, dout)
            trial.close(f"d{name}", got, expected, counts={"N": N, "D": D, "M": M})


def product(x, w):
    return np.einsum("nd,dm->nm", x, w)


@battery("squared_norm_of_product", returns={"value": "number", "dW": "array", "dx": "array"})
def squared_norm_of_product(trial):
    random = np.random.RandomState(11)
    for title, (M, N) in [
        ("two rows, three columns", (2, 3)),
        ("more rows than columns", (4, 2)),
        ("square", (3, 3)),
        ("one row", (1, 4)),
        ("one column", (3, 1)),
    ]:
        inputs = {"W": random.normal(size=(M, N)), "x": random.normal(size=N)}
        value, dW, dx = trial.call(title, inputs)
        trial.close("the value", value, squared_norm(**inputs))
        trial.close("dW", dW, slope(squared_norm, inputs, "W"))
        trial.close("dx", dx, slope(squared_norm, inputs, "x"))


def squared_norm(W, x):
    return sum(np.sum(row * x) ** 2 for row in W)
