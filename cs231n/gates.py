"""Gates, graphs of gates, and the gradients that flow back through them.

A gate is one small operation that knows two things:

    value = gate.forward(*inputs)           its output
    gradients = gate.backward(upstream)     a tuple: the gradient of each input, in order

`upstream` is the gradient of the graph's last value with respect to this gate's output, and has
that output's shape. backward multiplies it by the gate's own slope (the chain rule), so that the
gradient of an input has that input's shape.

Inputs are numbers or arrays. A gate with two inputs takes two numbers, or two arrays of one shape,
and works entry by entry. It changes neither its inputs nor `upstream`.

What backward needs, forward keeps on self, under names of its own choice: inputs, the output, or
something made of them. The inputs themselves will do, without a copy. So backward is about the
latest call of forward on the same gate; it may be called several times. A gradient may be
`upstream` itself: who adds gradients up makes a new array, as += on an array would change both.
"""

import numpy as np


class NegateGate:
    """-x. Given: see how forward and backward go together."""

    def forward(self, x):
        return -x

    def backward(self, upstream):
        return (-upstream,)


class AddConstantGate:
    """x + constant, with a number or an array of x's shape that stays as it is. Given."""

    def __init__(self, constant):
        self.constant = constant

    def forward(self, x):
        return x + self.constant

    def backward(self, upstream):
        return (upstream,)


class ExpGate:
    """e to the power of x, whose slope is its own value. Given."""

    def forward(self, x):
        self.value = np.exp(x)
        return self.value

    def backward(self, upstream):
        return (upstream * self.value,)


class ReciprocalGate:
    """1 / x, with the slope -1 / x^2. Given."""

    def forward(self, x):
        self.value = 1 / x
        return self.value

    def backward(self, upstream):
        return (-upstream * self.value**2,)


class AddGate:
    """x + y."""

    def forward(self, x, y):
        """The sum.

        x, y: two numbers, or two arrays of one shape, which stay as they are.
        Returns a number, or a new array of that shape.
        """
        # TODO: one line. Does the way back need to know x or y?
        raise NotImplementedError("TODO: AddGate.forward")

    def backward(self, upstream):
        """The gradients (dx, dy), for the inputs of the latest forward.

        upstream: the gradient of the output, of its shape; it stays as it is.
        """
        # TODO: if x grows by a little, by how much does x + y grow? Times upstream.
        raise NotImplementedError("TODO: AddGate.backward")


class MultiplyGate:
    """x y, entry by entry."""

    def forward(self, x, y):
        """The product.

        x, y: two numbers, or two arrays of one shape, which stay as they are.
        Returns a number, or a new array of that shape.
        """
        # TODO: the product; and keep on self what the way back needs.
        raise NotImplementedError("TODO: MultiplyGate.forward")

    def backward(self, upstream):
        """The gradients (dx, dy), for the inputs of the latest forward.

        upstream: the gradient of the output, of its shape; it stays as it is.
        """
        # TODO: if x grows by h, by how much does x y grow? Times upstream; and the same for y.
        raise NotImplementedError("TODO: MultiplyGate.backward")


class MaxGate:
    """The larger of x and y, entry by entry."""

    def forward(self, x, y):
        """The larger one.

        x, y: two numbers, or two arrays of one shape, which stay as they are.
        Returns a number, or a new array of that shape.
        """
        # TODO: np.maximum takes numbers and arrays; max(x, y) only numbers. Keep which one won.
        raise NotImplementedError("TODO: MaxGate.forward")

    def backward(self, upstream):
        """The gradients (dx, dy), for the inputs of the latest forward.

        upstream: the gradient of the output, of its shape; it stays as it is.
        A tie goes to the first input: where x = y, all of upstream is x's.
        """
        # TODO: a little more on the loser changes nothing. np.where takes numbers and arrays.
        raise NotImplementedError("TODO: MaxGate.backward")


class SigmoidGate:
    """1 / (1 + exp(-x)), entry by entry: any number, squeezed between 0 and 1."""

    def forward(self, x):
        """The sigmoid of x.

        x: a number, or an array, from -700 to 700; it stays as it is.
        Returns a number, or a new array of x's shape.
        """
        # TODO: the formula of the class. What is the least that the way back must know?
        raise NotImplementedError("TODO: SigmoidGate.forward")

    def backward(self, upstream):
        """The gradient (dx,), a tuple of one, for the input of the latest forward.

        upstream: the gradient of the output, of its shape; it stays as it is.
        """
        # TODO: with s for the output, the slope is s (1 - s). (dx,) is a tuple, (dx) is none.
        raise NotImplementedError("TODO: SigmoidGate.backward")


class Graph:
    """Gates, joined by name: what one puts out, others take in.

    gates: {name: gate, or None for an input of the graph}. inputs: {name: names of what its gate
    takes, in order}, empty for an input of the graph. Both are in the order in which names were
    added, which may be any: a gate can be added before its inputs are. values: {name: value} as
    the latest forward left them; empty before it.

    Any object with forward and backward, as at the top of this file, is a gate. Its inputs may be
    numbers and arrays side by side.
    """

    def __init__(self):
        self.gates, self.inputs, self.values = {}, {}, {}

    def add(self, name, gate=None, *inputs):
        """Adds an input of the graph, add(name), or a gate, add(name, gate, *names of its inputs).

        A name may be taken by any number of gates, or several times by the same one. Raises
        ValueError where the name is there already, or the gate: each remembers its own forward.
        """
        if name in self.gates or (gate is not None and gate in self.gates.values()):
            raise ValueError(f"{name} or its gate was added before: take a new one")
        self.gates[name], self.inputs[name], self.values = gate, inputs, {}

    def order(self):
        """All names, so that each stands behind all of its inputs. The graph stays as it is.

        Of all names that could come next, the one that was added first does. The last one is the
        graph's result.

        Returns a list. Raises ValueError where an input was never added, with its name in the
        text; and where gates wait for each other (a cycle), with the names of all of them.
        """
        # TODO: first see that all inputs were added. Then, until all names are placed: the first
        # one in self.inputs that is not placed yet, and whose inputs all are.
        raise NotImplementedError("TODO: Graph.order")

    def forward(self, **values):
        """The value of each name in order, kept in self.values; returns that of the last one.

        values: a number or an array for each input of the graph, by keyword, and for nothing else.
        They stay as they are. A call forgets the values of the call before.

        Raises ValueError where one is missing, or has a name that is no input of the graph, with
        that name in the text; and as order does.
        """
        # TODO: self.gates[name] is None for an input. A gate's forward gets the values of
        # self.inputs[name]: forward(*list).
        raise NotImplementedError("TODO: Graph.forward")

    def backward(self):
        """The gradient of the last value with respect to the value of every name.

        Where the last value is an array, that of the sum of its entries: its own gradient is 1
        everywhere. What goes into several gates, or several times into one, gets the sum of what
        they hand back. What plays no part in the last value has a gradient of zero.

        Returns {name: gradient, of the shape of its value}, for all names. It may be called again.
        The values, and what gates return, stay as they are. Raises ValueError before a forward.
        """
        # TODO: zeros for every name, 1 for the last. Then in reverse order: each gate's backward,
        # what it returns added to the gradients of the gate's inputs.
        raise NotImplementedError("TODO: Graph.backward")


def numerical_jacobian(f, x, h=1e-5):
    """All slopes of a function from N numbers to M numbers: its Jacobian, by central differences.

        J[i, j] = (f(x + h e_j)[i] - f(x - h e_j)[i]) / (2 h)

    with e_j a 1 at place j and zeros elsewhere.

    f: function of an array (N,), returns an array (M,), which may be its argument itself.
    x: (N,) of float64; at the end it is as before, to the bit. h: the step.

    Returns (M, N): a row for each output, a column for each input.
    """
    # TODO: a column for each j. Moving x[j] up and down again can leave rounding behind.
    raise NotImplementedError("TODO: numerical_jacobian")


def matmul_backward(dout, x, w):
    """The gradients of a matrix product x w.

    dout: (N, M), the gradient of the product. x: (N, D). w: (D, M). They stay as they are.

    Returns (dx, dw), new arrays of the shapes of x and w.
    """
    # TODO: two products. The shapes leave one way for each.
    raise NotImplementedError("TODO: matmul_backward")


def squared_norm_of_product(W, x):
    """|W x|^2, the sum of the squares of the entries of W x, and its gradients.

    W: (M, N). x: (N,). They stay as they are.

    Returns (value, dW, dx): a number, and new arrays of the shapes of W and x.
    """
    # TODO: name q = W x. What is the gradient of q? Then back through the product.
    raise NotImplementedError("TODO: squared_norm_of_product")
