"""Further cases of the ways downhill, and of penalties."""

import numpy as np

from cs231n.course.batteries.draws import ERRORS, require_bell
from cs231n.course.checking.battery import battery


class Noting:
    """A loss that notes each W it is asked for: the squared distance to a place, plus `lift`."""

    def __init__(self, goal, lift=0.0):
        self.goal, self.lift = goal, lift
        self.tried = []

    def __call__(self, W):
        self.tried.append(np.array(W))
        return self.value(W)

    def value(self, W):
        return float(np.sum((W - self.goal) ** 2) + self.lift)

    def distinct(self):
        """Each W once, in the order in which they came."""
        return list({W.tobytes(): W for W in self.tried}.values())


@battery("random_search", returns={"best_W": "array", "best_loss": "number"})
def random_search(trial):
    for title, shape, num_tries, scale, lift in [
        ("a matrix", (3, 4), 40, 0.5, 0.0),
        ("one try", (5,), 1, 2.0, 0.0),
        ("losses of billions", (2, 3), 20, 1.0, 1e12),
        ("losses below zero", (2, 3), 20, 1.0, -1e6),
        ("thousands of numbers", (30, 10, 2), 30, 1e-3, 0.0),
    ]:
        loss = Noting(0.3 * scale, lift)
        settings = {"shape": shape, "num_tries": num_tries, "scale": scale}
        best_W, best_loss = trial.call(title, {"loss": loss, **settings}, random=True)
        tried = trial.case.inputs["loss"].distinct()
        asked = f"the loss was asked for {len(tried)} different W, of {num_tries}"
        trial.that(f"num_tries W are tried ({title})", len(tried) == num_tries, asked)
        values = [loss.value(W) for W in tried]
        trial.close("best_loss", best_loss, min(values))
        trial.close("best_W", best_W, tried[int(np.argmin(values))])
        require_gaussian(trial, title, np.stack(tried) / scale)
    require_first_of_equals(trial)
    require_usual_scale(trial)


def require_first_of_equals(trial):
    loss = Noting(0.0, lift=1e300)  # beside which every distance vanishes
    inputs = {"loss": loss, "shape": (2,), "num_tries": 5, "scale": 1.0}
    best_W, _ = trial.call("all losses are equal", inputs, random=True)
    trial.close("best_W", best_W, trial.case.inputs["loss"].tried[0])


def require_usual_scale(trial):
    inputs = {"loss": Noting(0.0), "shape": (40, 50), "num_tries": 2}
    trial.call("the usual scale", inputs, random=True)
    tried = np.stack(trial.case.inputs["loss"].distinct())
    require_gaussian(trial, "the usual scale", tried / 1e-3)


def require_gaussian(trial, title, numbers):
    """That numbers, which were divided by their standard deviation, are gaussian around 0."""
    error = 1 / np.sqrt(numbers.size)
    wide = f"the standard deviation is {numbers.std():.3g} times what was asked for"
    close = abs(numbers.std() - 1) < ERRORS * error / np.sqrt(2) + 0.5 / numbers.size
    trial.that(f"the draws are as wide as asked for ({title})", close, wide)
    where = f"their mean is {numbers.mean():.2g} standard deviations off: only positive?"
    trial.that(f"the draws lie around 0 ({title})", abs(numbers.mean()) < ERRORS * error, where)
    require_bell(trial, f"the draws are gaussian ({title})", numbers)


@battery("random_local_search", returns={"W": "array", "value": "number"})
def random_local_search(trial):
    random = np.random.RandomState(3)
    for title, shape, num_tries, step_size in [
        ("a matrix", (3, 4), 60, 0.2),
        ("hundreds of numbers", (20, 20), 60, 0.05),
        ("steps that mostly lead up", (4,), 30, 3.0),
        ("no try", (3,), 0, 1.0),
    ]:
        start, goal = random.normal(size=shape), random.normal(size=shape)
        inputs = {"loss": Noting(goal), "W": start, "num_tries": num_tries}
        inputs["step_size"] = step_size
        # Where no step leads down, the place is still that of the caller.
        W, value = trial.call(title, inputs, random=True, may_share=True)
        require_walk(trial, title, start, num_tries, step_size, (W, value))
    start = random.normal(size=(30, 30))
    inputs = {"loss": Noting(np.zeros((30, 30))), "W": start, "num_tries": 3}
    result = trial.call("the usual step", inputs, random=True, may_share=True)
    require_walk(trial, "the usual step", start, 3, 1e-3, result)


def require_walk(trial, title, place, num_tries, step_size, result):
    """That each try was a step from the best place so far, and that the best is returned."""
    loss = trial.case.inputs["loss"]
    steps = []
    for W in loss.tried:
        if not np.array_equal(W, place) and not any(np.array_equal(W, s[1]) for s in steps[-1:]):
            steps.append((W - place, W))
            if loss.value(W) < loss.value(place):
                place = W
    asked = f"the loss was asked for {len(steps)} tries, of {num_tries}"
    trial.that(f"num_tries steps are tried ({title})", len(steps) == num_tries, asked)
    trial.close("W", result[0], place)
    trial.close("value", result[1], loss.value(place))
    if len(steps) > 1:
        require_gaussian(trial, title, np.stack([step for step, _ in steps]) / step_size)


class Cubic:
    """sum of c x^3: its slope by centred differences is c (3 x^2 + h^2), exactly."""

    def __init__(self, c):
        self.c = c

    def __call__(self, x):
        return float(np.sum(self.c * x**3))

    def slope(self, x, h):
        return self.c * (3 * x**2 + h**2)


class Lives:
    """A function that does not look at its argument, but at an array where it lives."""

    def __init__(self, f, x):
        self.f, self.x = f, x

    def __call__(self, _):
        return self.f(self.x)


@battery("numerical_gradient", returns={"gradient": "array"})
def numerical_gradient(trial):
    random = np.random.RandomState(4)
    for title, shape, h in [
        ("a row", (5,), 0.5),
        ("a matrix", (2, 3), 0.01),
        ("three axes", (2, 1, 3), 0.1),
        ("a single entry", (1,), 0.5),
    ]:
        x, f = random.normal(size=shape), Cubic(random.normal(size=shape))
        got = trial.call(title, {"f": f, "x": x, "h": h})
        trial.close("the gradient", got, f.slope(x, h), rtol=1e-8)
    x, f = random.normal(size=(2, 3)), Cubic(np.arange(6.0).reshape(2, 3))
    got = trial.call("the usual h", {"f": f, "x": x})
    trial.close("the gradient", got, f.slope(x, 1e-5), rtol=1e-7)
    got = trial.call("f reads x where it lives", {"f": Lives(f, x), "x": x, "h": 0.1})
    trial.close("the gradient", got, f.slope(x, 0.1), rtol=1e-8)
    x = np.array([[0.1, 1e9], [1 / 3, -2e-7]])
    trial.call("numbers of all sizes", {"f": Cubic(1e-9), "x": x, "h": 1e-5})


class Valley:
    """Half the sum of c (W - goal)^2, with its gradient; notes where it is asked."""

    def __init__(self, c, goal):
        self.c, self.goal = c, goal
        self.asked = []

    def __call__(self, W):
        self.asked.append(np.array(W))
        return float(np.sum(self.c * (W - self.goal) ** 2) / 2), self.c * (W - self.goal)


class Plane:
    """A plane: the loss falls everywhere alike, and the gradient is one array, made once."""

    def __init__(self, gradient):
        self.gradient = gradient

    def __call__(self, W):
        return float(np.sum(self.gradient * W)), self.gradient


@battery("gradient_descent", returns={"W": "array", "losses": "anything"})
def gradient_descent(trial):
    random = np.random.RandomState(5)
    for title, shape, rate, num_steps in [
        ("a valley", (2, 3), 0.1, 12),
        ("a row of numbers", (4,), 0.3, 1),
        ("steps too large", (3, 2), 1.5, 5),
        ("no step", (3,), 0.1, 0),
    ]:
        start, goal = random.normal(size=shape), random.normal(size=shape)
        c = random.uniform(0.5, 2, size=shape)
        inputs = {"loss_and_gradient": Valley(c, goal), "W": start}
        inputs |= {"learning_rate": rate, "num_steps": num_steps}
        W, losses = trial.call(title, inputs, may_share=num_steps == 0)
        # With each step the way to the goal shrinks by the same factor.
        ways = [(1 - rate * c) ** t * (start - goal) for t in range(num_steps + 1)]
        trial.close("losses", losses, [np.sum(c * way**2) / 2 for way in ways[:-1]])
        trial.close("W", W, goal + ways[-1])
    slope, start = random.normal(size=(2, 2)), random.normal(size=(2, 2))
    inputs = {"loss_and_gradient": Plane(slope), "W": start, "learning_rate": 0.5, "num_steps": 3}
    W, losses = trial.call("a plane, whose gradient is one array", inputs)
    falls = np.sum(slope * start) - 0.5 * np.sum(slope**2) * np.arange(3)
    trial.close("losses", losses, falls)
    trial.close("W", W, start - 1.5 * slope)


def weights():
    """(title, W): of several shapes, with zeros and both signs."""
    random = np.random.RandomState(6)
    yield "a matrix", random.normal(size=(3, 4))
    yield "with zeros", np.array([[0, -2, 0.5], [1, 0, -0.25]])
    yield "filters", random.normal(size=(2, 3, 2, 2))
    yield "a row", np.array([-3.0, 0.0, 1e-9, 4.0])


@battery("l1_penalty", returns={"value": "number", "gradient": "array"})
def l1_penalty(trial):
    for title, W in weights():
        value, gradient = trial.call(title, {"W": W, "strength": 0.3})
        trial.close("value", value, 0.3 * sum(max(w, -w) for w in W.ravel()))
        signs = [(w > 0) - 1.0 * (w < 0) for w in W.ravel()]
        trial.close("gradient", gradient, 0.3 * np.reshape(signs, W.shape))


@battery("l2_penalty", returns={"value": "number", "gradient": "array"})
def l2_penalty(trial):
    for title, W in weights():
        value, gradient = trial.call(title, {"W": W, "strength": 0.3})
        trial.close("value", value, 0.3 * np.vdot(W, W))
        trial.close("gradient", gradient, 0.6 * W)


@battery(
    "elastic_net_penalty",
    returns={"value": "number", "gradient": "array"},
    maybe=["l1_penalty", "l2_penalty"],
)
def elastic_net_penalty(trial):
    for title, W in weights():
        for l1, l2 in [(0.3, 0.7), (0.3, 0.0), (0.0, 0.7)]:
            name = f"{title}, l1 {l1}, l2 {l2}"
            value, gradient = trial.call(name, {"W": W, "l1": l1, "l2": l2})
            absolute = np.where(W < 0, -W, W)
            trial.close("value", value, l1 * absolute.sum() + l2 * np.vdot(W, W))
            signs = np.divide(W, absolute, out=np.zeros_like(W), where=absolute > 0)
            trial.close("gradient", gradient, l1 * signs + 2 * l2 * W)
