"""Further cases of the warm-up."""

from collections import Counter

import numpy as np

from cs231n.course.checking.battery import battery


@battery("count_labels", returns={"counts": "dict"})
def count_labels(trial):
    for title, labels in [
        ("words", ["cat", "dog", "cat", "frog", "dog", "cat"]),
        ("numbers", [7, 0, 7, 3, 0]),
        ("one label", ["ship"]),
        ("no label", []),
        ("numbers that do not come in order", [9, 1, 5, 1, 9, 9]),
        ("labels that count as false", [0, "", 0, False, None, None, None]),
    ]:
        counts = trial.call(title, {"labels": labels})
        expected = Counter(labels)
        trial.that(f"the counts are right ({title})", counts == expected, f"got {counts}")
        order = f"got {list(counts)}, expected {list(expected)}"
        first = list(counts) == list(expected)
        trial.that(f"the labels stand in the order in which they come ({title})", first, order)


@battery("checkerboard", returns={"board": "labels"})
def checkerboard(trial):
    for size in (1, 2, 5, 8, 0):
        board = trial.call(f"size {size}", {"size": size})
        expected = [[(i % 2) ^ (j % 2) for j in range(size)] for i in range(size)]
        trial.close("board", board, np.array(expected).reshape(size, size))
        trial.that(
            f"the entries are integers (size {size})", board.dtype.kind in "iu", str(board.dtype)
        )
    trial.no_loop("the board", lambda size: {"size": size}, 4, 40)


@battery("normalize_rows", returns={"rows": "array"})
def normalize_rows(trial):
    random = np.random.RandomState(0)
    with_zeros = random.normal(size=(4, 3))
    with_zeros[[1, 3]] = 0
    for title, x in [
        ("as many rows as columns", random.normal(size=(3, 3))),
        ("more columns than rows", random.normal(size=(2, 5))),
        ("rows of zeros", with_zeros),
        ("one row", np.array([[3.0, -4.0]])),
        ("huge and tiny rows", np.array([[3e100, 4e100], [3e-100, 4e-100]])),
    ]:
        rows = trial.call(title, {"x": x})
        expected = [row / (np.linalg.norm(row) or 1) for row in x]
        trial.close("rows", rows, expected)
    trial.no_loop("rows", lambda n: {"x": np.ones((n, 3))}, 3, 30)


@battery("one_hot", returns={"rows": "array"})
def one_hot(trial):
    for title, y, num_classes in [
        ("four classes", [2, 0, 3, 0, 1], 4),
        ("as many examples as classes", [1, 2, 0], 3),
        ("a class that does not occur", [0, 1], 5),
        ("one example", [3], 4),
        ("no example", [], 3),
        ("labels as bytes", np.array([1, 0, 1], dtype=np.uint8), 2),
    ]:
        y = np.array(y, dtype=getattr(y, "dtype", int))
        rows = trial.call(title, {"y": y, "num_classes": num_classes})
        expected = [[float(c == label) for c in range(num_classes)] for label in y]
        trial.close("rows", rows, np.reshape(expected, (len(y), num_classes)))
        trial.that(
            f"the entries are floats ({title})", rows.dtype.kind == "f", f"it is {rows.dtype}"
        )
    trial.no_loop("examples", lambda n: {"y": np.zeros(n, int), "num_classes": 3}, 3, 30)


@battery("top_k", returns={"best": "labels"})
def top_k(trial):
    random = np.random.RandomState(1)
    for title, scores, k in [
        ("numbers without order", random.normal(size=(4, 6)), 3),
        ("k = 1", random.normal(size=(3, 4)), 1),
        ("all columns", random.normal(size=(2, 5)), 5),
        ("equal scores", random.randint(0, 3, size=(6, 7)) * 1.0, 4),
        ("all equal", np.ones((2, 40)), 5),
        ("one row", np.array([[-3.0, -1.0, -2.0]]), 2),
        ("integers", np.array([[5, 9, 9, 2], [0, -1, 0, -5]]), 3),
    ]:
        best = trial.call(title, {"scores": scores, "k": k})
        expected = [
            sorted(range(len(row)), key=lambda c, row=row: (-row[c], c))[:k] for row in scores
        ]
        require_order_of_equals(trial, title, np.array(scores), best, np.array(expected))
        trial.close("best", best, expected)
        kind = f"they are {best.dtype}: an index is an integer"
        trial.that(f"the indices are integers ({title})", best.dtype.kind in "iu", kind)


def require_order_of_equals(trial, title, scores, best, expected):
    """That where the right scores are found, equal ones are not found in another order."""
    found = best.shape == expected.shape and best.dtype.kind in "iu"
    found = found and best.min() >= 0 and best.max() < scores.shape[1]
    rows = np.arange(len(scores))[:, None]
    same = found and np.array_equal(scores[rows, best], scores[rows, expected])
    claim = f"of equal scores the smaller index comes first ({title})"
    stable = 'argsort keeps equal ones in their order only where it is asked to: kind="stable"'
    trial.that(claim, not same or np.array_equal(best, expected), stable)


@battery("tint", returns={"tinted": "labels"})
def tint(trial):
    random = np.random.RandomState(2)
    image = random.randint(0, 256, size=(4, 5, 3)).astype(np.uint8)
    for title, factors in [
        ("stronger", [1.3, 1.7, 1.1]),
        ("weaker", [0.3, 0.7, 0.0]),
        ("brighter than white", [9.0, 2.0, 300.0]),
        ("below zero", [-1.0, 0.5, -0.2]),
        ("unchanged", [1, 1, 1]),
        ("factors as an array", np.array([0.6, 1.2, 0.9])),
    ]:
        tinted = trial.call(title, {"image": image, "factors": factors})
        kind = f"it is {tinted.dtype}: .astype(np.uint8) at the end"
        trial.that(f"the picture is uint8 ({title})", tinted.dtype == np.uint8, kind, got=tinted)
        exact = [
            [[c * f for c, f in zip(p, factors, strict=True)] for p in row]
            for row in image.tolist()
        ]
        # A half may be rounded either way.
        gap = np.abs(np.clip(exact, 0, 255) - tinted.astype(float))
        nearest = np.clip([[[round(c) for c in p] for p in row] for row in exact], 0, 255)
        trial.close("tinted", np.where(gap <= 0.5 + 1e-9, nearest, tinted), nearest)
    square = random.randint(0, 256, size=(3, 3, 3)).astype(np.uint8)
    tinted = trial.call("as many rows as colours", {"image": square, "factors": [0.5, 1.0, 0.0]})
    trial.close("its green", tinted[..., 1], square[..., 1])
    trial.close("its blue", tinted[..., 2], np.zeros((3, 3)))


@battery("mean_image_per_class", returns={"means": "array"})
def mean_image_per_class(trial):
    random = np.random.RandomState(3)
    for title, N, classes, labels in [
        ("three classes", 7, 3, [0, 2, 1, 0, 2, 2, 1]),
        ("a class without images", 4, 4, [0, 3, 3, 1]),
        ("the last class without images", 4, 3, [1, 0, 1, 1]),
        ("one image", 1, 2, [1]),
        ("many bright images", 300, 2, [0, 1, 1] * 100),
    ]:
        images = random.randint(150, 256, size=(N, 2, 4, 3)).astype(np.uint8)
        inputs = {"images": images, "labels": np.array(labels), "num_classes": classes}
        means = trial.call(title, inputs)
        expected = np.zeros((classes, 2, 4, 3))
        for index in np.ndindex(2, 4, 3):
            for c in range(classes):
                values = [
                    int(image[index]) for image, y in zip(images, labels, strict=True) if y == c
                ]
                expected[(c, *index)] = sum(values) / max(1, len(values))
        trial.close("means", means, expected)
