"""05_backprop: the key against PyTorch and scipy, what a Graph promises, and its pictures."""

import ast
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize._numdiff import approx_derivative

from cs231n.course.pictures.graphs import BOX_HEIGHT, laid_out, short, show_values, symbol_of

properties = settings(max_examples=60, deadline=None, derandomize=True)
SHAPES = [(), (4,), (3, 2)]


@pytest.fixture(scope="session")
def gates(import_solved):
    return import_solved("cs231n.gates")


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip("torch")


def assert_same(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10)


#: What each gate is in PyTorch, and how many inputs it takes.
IN_TORCH = {
    "AddGate": (2, lambda torch, x, y: x + y),
    "MultiplyGate": (2, lambda torch, x, y: x * y),
    "MaxGate": (2, lambda torch, x, y: torch.maximum(x, y)),
    "SigmoidGate": (1, lambda torch, x: torch.sigmoid(x)),
    "NegateGate": (1, lambda torch, x: -x),
    "ExpGate": (1, lambda torch, x: torch.exp(x)),
    "AddConstantGate": (1, lambda torch, x: x + 1.5),
    "ReciprocalGate": (1, lambda torch, x: 1 / x),
}


def new_gate(gates, kind):
    return gates.AddConstantGate(1.5) if kind == "AddConstantGate" else getattr(gates, kind)()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", IN_TORCH)
def test_a_gate_is_pytorchs(gates, torch, kind, shape):
    count, in_torch = IN_TORCH[kind]
    random = np.random.RandomState(0)
    inputs, upstream = random.normal(size=(count, *shape)), random.normal(size=shape)
    tensors = [torch.tensor(array, requires_grad=True) for array in inputs]
    expected = in_torch(torch, *tensors)
    expected.backward(torch.tensor(upstream))
    gate = new_gate(gates, kind)
    assert_same(gate.forward(*inputs), expected.detach())
    gradients = gate.backward(upstream)
    assert isinstance(gradients, tuple)
    for gradient, tensor in zip(gradients, tensors, strict=True):
        assert_same(gradient, tensor.grad)


def test_a_tie_goes_to_the_first_input(gates):
    gate = gates.MaxGate()
    gate.forward(np.array([1.0, 2.0]), np.array([1.0, 3.0]))
    np.testing.assert_equal(gate.backward(np.array([5.0, 7.0])), ([5, 0], [0, 7]))


@st.composite
def graphs(draw):
    """(rows, values): {name: (kind, *inputs)} in the order of adding, () for the graph's inputs."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    shape = draw(st.sampled_from(SHAPES))
    values = {f"x{i}": random.uniform(0.5, 1.5, size=shape) for i in range(draw(st.integers(1, 3)))}
    rows = dict.fromkeys(values, ())
    for i in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(sorted(IN_TORCH)))
        # Exponentials of exponentials leave the numbers' range.
        known = sorted(values if kind in ("ExpGate", "ReciprocalGate") else rows)
        sources = [draw(st.sampled_from(known)) for _ in range(IN_TORCH[kind][0])]
        rows[f"g{i}"] = (kind, *sources)
    return {name: rows[name] for name in draw(st.permutations(sorted(rows)))}, values


def built(gates, rows):
    graph = gates.Graph()
    for name, (kind, *sources) in ((name, row or (None,)) for name, row in rows.items()):
        graph.add(name, new_gate(gates, kind) if kind else None, *sources)
    return graph


@properties
@given(graphs())
def test_a_graph_is_pytorchs(gates, torch, drawn):
    rows, values = drawn
    graph = built(gates, rows)
    result = graph.forward(**values)
    gradients = graph.backward()
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in values.items()}
    for name in graph.order():
        if rows[name]:
            kind, *sources = rows[name]
            tensors[name] = IN_TORCH[kind][1](torch, *(tensors[source] for source in sources))
            tensors[name].retain_grad()
    assert_same(result, tensors[name].detach())
    tensors[name].sum().backward()
    assert gradients.keys() == rows.keys()
    for name, tensor in tensors.items():
        none = torch.zeros_like(tensor)
        assert_same(gradients[name], none if tensor.grad is None else tensor.grad)
        assert np.shape(gradients[name]) == tuple(tensor.shape)


@properties
@given(graphs())
def test_an_order_is_the_first_of_all_by_the_time_of_adding(gates, drawn):
    rows, _ = drawn
    order = built(gates, rows).order()
    assert sorted(order) == sorted(rows)
    for i, name in enumerate(order):
        could_come = [n for n in rows if n not in order[:i] and set(rows[n][1:]) <= set(order[:i])]
        assert name == could_come[0]


@pytest.mark.parametrize(("N", "D", "M"), [(4, 3, 2), (3, 3, 3), (1, 2, 5)])
def test_the_way_back_through_a_matrix_product_is_pytorchs(gates, torch, N, D, M):
    random = np.random.RandomState(1)
    x, w, dout = (random.normal(size=size) for size in ((N, D), (D, M), (N, M)))
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, w)]
    (tensors[0] @ tensors[1]).backward(torch.tensor(dout))
    for got, tensor in zip(gates.matmul_backward(dout, x, w), tensors, strict=True):
        assert_same(got, tensor.grad)


@pytest.mark.parametrize(("M", "N"), [(2, 3), (4, 1), (3, 3)])
def test_the_squared_norm_of_a_product_is_pytorchs(gates, torch, M, N):
    random = np.random.RandomState(2)
    W, x = random.normal(size=(M, N)), random.normal(size=N)
    tensors = [torch.tensor(array, requires_grad=True) for array in (W, x)]
    expected = (tensors[0] @ tensors[1]).square().sum()
    expected.backward()
    value, *gradients = gates.squared_norm_of_product(W, x)
    assert_same(value, expected.item())
    for got, tensor in zip(gradients, tensors, strict=True):
        assert_same(got, tensor.grad)


@pytest.mark.parametrize(
    "f",
    [np.sin, np.cumsum, lambda x: np.outer(x, x).ravel(), lambda x: x[:1] ** 2, np.diff],
    ids=["sin", "cumsum", "outer", "one", "diff"],
)
def test_the_jacobian_is_scipys(gates, f):
    x = np.random.RandomState(3).normal(size=4)
    expected = approx_derivative(f, x, method="3-point").reshape(len(f(x)), len(x))
    np.testing.assert_allclose(gates.numerical_jacobian(f, x), expected, rtol=1e-7, atol=1e-8)


def test_a_gate_works_entry_by_entry_so_its_jacobian_is_diagonal(gates):
    x = np.random.RandomState(4).normal(size=6)
    J = gates.numerical_jacobian(lambda x: gates.SigmoidGate().forward(x), x)
    gate = gates.SigmoidGate()
    gate.forward(x)
    np.testing.assert_allclose(J, np.diag(gate.backward(np.ones(6))[0]), atol=1e-9)


# --- the facts of the syllabus


def test_the_first_graph_of_the_notes(gates):
    rows = {"x": (), "y": (), "z": (), "q": ("AddGate", "x", "y"), "f": ("MultiplyGate", "q", "z")}
    graph = built(gates, rows)
    assert graph.forward(x=-2, y=5, z=-4) == -12
    gradients = graph.backward()
    assert [gradients[name] for name in "xyz"] == [-4, -4, 3]


def test_the_neuron_of_the_notes(gates):
    rows = {
        **dict.fromkeys(["w0", "x0", "w1", "x1", "w2"], ()),
        "a": ("MultiplyGate", "w0", "x0"),
        "b": ("MultiplyGate", "w1", "x1"),
        "c": ("AddGate", "a", "b"),
        "d": ("AddGate", "c", "w2"),
        "f": ("SigmoidGate", "d"),
    }
    graph = built(gates, rows)
    assert round(float(graph.forward(w0=2, x0=-1, w1=-3, x1=-2, w2=-3)), 2) == 0.73
    rounded = {name: round(float(gradient), 2) for name, gradient in graph.backward().items()}
    assert [rounded[name] for name in ("w0", "w1", "w2")] == [-0.2, -0.39, 0.2]
    assert [rounded[name] for name in ("x0", "x1")] == [0.39, -0.59]


def test_the_squared_norm_of_the_notes(gates):
    W, x = np.array([[0.1, 0.5], [-0.3, 0.8]]), np.array([0.2, 0.4])
    value, dW, dx = gates.squared_norm_of_product(W, x)
    assert_same(value, 0.116)
    assert_same(dW, [[0.088, 0.176], [0.104, 0.208]])
    assert_same(dx, [-0.112, 0.636])


# --- what is given, and what is promised


def test_a_name_and_a_gate_are_added_once(gates):
    graph, gate = gates.Graph(), gates.NegateGate()
    graph.add("x")
    graph.add("q", gate, "x")
    for again in [("x",), ("q", gates.NegateGate(), "x"), ("r", gate, "x")]:
        with pytest.raises(ValueError, match=f"{again[0]} or its gate was added before"):
            graph.add(*again)


def test_a_new_name_makes_a_new_forward_necessary(gates):
    graph = built(gates, {"x": (), "q": ("NegateGate", "x")})
    graph.forward(x=1.0)
    graph.add("r", gates.ExpGate(), "q")
    with pytest.raises(ValueError, match="forward"):
        graph.backward()


def test_automatic_differentiation_takes_forty_lines(solved):
    tree = ast.parse((solved / "cs231n/gates.py").read_text(encoding="utf-8"))
    (graph,) = (node for node in tree.body if getattr(node, "name", "") == "Graph")
    for node in ast.walk(graph):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
    assert len([line for line in ast.unparse(graph).splitlines() if line]) <= 40


# --- pictures


def sheet_of(gates, rows, values):
    graph = built(gates, rows)
    graph.forward(**values)
    gradients = graph.backward()
    shares = {n: g.backward(gradients[n]) for n, g in graph.gates.items() if g is not None}
    symbols = {name: symbol_of(gate) for name, gate in graph.gates.items()}
    return laid_out(graph.order(), graph.inputs, symbols, graph.values, gradients, shares)


@properties
@given(graphs())
def test_boxes_and_labels_lie_apart_and_on_the_sheet(gates, drawn):
    rows, values = drawn
    sheet = sheet_of(gates, rows, values)
    for x, y, _ in sheet.boxes:
        assert sheet.box / 2 <= x <= sheet.width - sheet.box / 2
        assert BOX_HEIGHT / 2 <= y <= sheet.height - BOX_HEIGHT / 2
    for (x, y, _), (other_x, other_y, _) in combinations(sheet.boxes, 2):
        assert abs(x - other_x) > sheet.box or abs(y - other_y) > BOX_HEIGHT
    for kind in ("value", "gradient"):
        assert len([label for label in sheet.labels if label.kind == kind]) == len(rows)


KINDS = ("value", "gradient", "share")


def test_a_fork_shows_what_comes_back_along_each_branch_and_their_sum(gates):
    rows = {"x": (), "q": ("MultiplyGate", "x", "x"), "f": ("MultiplyGate", "q", "x")}
    sheet = sheet_of(gates, rows, {"x": 3.0})
    texts = {kind: [label.text for label in sheet.labels if label.kind == kind] for kind in KINDS}
    assert texts["value"] == ["x = 3", "q = 9", "f = 27"]
    assert texts["gradient"] == ["27", "3", "1"]
    assert texts["share"] == ["9", "9", "9"]
    assert len(sheet.forks) == 1


def test_a_wire_that_passes_a_column_goes_around_its_boxes(gates):
    rows = {
        "x": (), "a": ("NegateGate", "x"), "b": ("ExpGate", "a"), "f": ("AddGate", "b", "x"),
    }  # fmt: skip
    sheet = sheet_of(gates, rows, {"x": 1.0})
    (long_wire,) = (wire for wire in sheet.wires if len(wire) == 4)
    middles = {(x, y) for x, y, _ in sheet.boxes}
    for point in long_wire[1:-1]:
        assert all(abs(point[1] - y) >= 0.9 for x, y in middles if x == point[0])


def test_values_in_few_letters():
    cases = {
        short(-12): "−12",
        short(1 / 3): "0.333",
        short(-0.0): "0",
        short(1e-7): "1e−07",
        short(np.array([1.0, -2.5])): "[1, −2.5]",
        short(np.ones(5)): "(5,)",
        short(np.ones((2, 3))): "(2, 3)",
    }
    assert all(got == expected for got, expected in cases.items()), cases


def test_a_graph_is_shown_with_its_gradients_and_without(gates):
    graph = built(gates, {"x": (), "f": ("SigmoidGate", "x")})
    graph.forward(x=0.0)
    for gradients, texts in [(None, {"x = 0", "f = 0.5", "σ"}), (graph.backward(), {"0.25", "1"})]:
        show_values(graph, gradients)
        shown = {text.get_text() for text in plt.gca().texts}
        assert texts <= shown
        assert ("0.25" in shown) == (gradients is not None)
        plt.close("all")
