"""Further cases of the affine layer."""

import numpy as np

from cs231n.course.checking.battery import battery


def affine(x, w, b):
    """x w + b, one output after the other."""
    rows = [row.ravel() for row in x]
    return np.array([[np.sum(row * w[:, m]) + b[m] for m in range(w.shape[1])] for row in rows])


def cases():
    """(title, inputs, dout): flat rows, pictures, one example, and as many of each as can be."""
    random = np.random.RandomState(1)
    for title, shape, outputs in [
        ("flat rows", (3, 5), 4),
        ("other rows of the same shape", (3, 5), 4),
        ("pictures", (2, 2, 3, 2), 5),
        ("one example, one output", (1, 4), 1),
        ("as many examples as features and outputs", (3, 3), 3),
    ]:
        inputs = {
            "x": random.normal(size=shape),
            "w": random.normal(size=(int(np.prod(shape[1:])), outputs)),
            "b": random.normal(size=outputs),
        }
        yield title, inputs, random.normal(size=(shape[0], outputs))


@battery("affine_forward", returns={"out": "array", "cache": "anything"})
def affine_forward(trial):
    for title, inputs, _ in cases():
        out, _ = trial.call(title, inputs)
        trial.close("out", out, affine(**inputs), counts={"N": len(inputs["x"])})


@battery(
    "affine_backward",
    returns={"dx": "array", "dw": "array", "db": "array"},
    needs=["affine_forward"],
)
def affine_backward(trial):
    for title, inputs, dout in cases():
        counts = {"N": len(inputs["x"])}
        trial.backward(title, "affine_forward", affine, inputs, dout, counts=counts)
