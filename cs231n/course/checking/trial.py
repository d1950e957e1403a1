"""What a battery uses to try an answer: calls with copies, comparisons, limits."""

import functools
import inspect

import numpy as np

from cs231n.course.checking import invariants
from cs231n.course.checking.battery import answer_to, battery_of, resolve
from cs231n.course.checking.case import Case, apply, results_of, run
from cs231n.course.checking.comparing import compare, failed
from cs231n.course.checking.copies import cast, fresh
from cs231n.course.checking.failures import Evidence
from cs231n.course.checking.limits import lines_run, peak_megabytes
from cs231n.course.checking.numbers import described
from cs231n.course.checking.slopes import slope
from cs231n.course.checking.telling import is_todo, unpacked

RTOL = 1e-9  # what float64 is asked for, as a share of the largest number


class Trial:
    """One answer, and what its battery asks of it.

    battery: the Battery. function: the answer. given: {id: function}, other exercises to take in
    place of those that the answer's module knows. case: the latest Case. done: those so far.
    """

    def __init__(self, battery, function, given):
        self.battery = battery
        self.exercise = battery.exercise
        self.function = function
        self._given = given
        self.case = None
        self.done = []

    @property
    def owner(self):
        """The class of an exercise that is a method."""
        return self.given(self.exercise.rpartition(".")[0])

    def given(self, name):
        """Another exercise, or a class, as the answer's own module knows it."""
        if name in self._given:
            return self._given[name]
        found = resolve(getattr(inspect.unwrap(self.function), "__globals__", {}), name)
        return answer_to(battery_of(name)) if found is None else found

    # --- calls

    def call(
        self, title, inputs, *,
        returns=None, may_change=(), may_share=False, random=False, single=None,
    ):  # fmt: skip
        """Calls the answer with copies of the inputs, in order; returns what it returned.

        title: of the case, in messages. inputs: {name of the parameter: value}, in order; a
        method's begin with self. The others: see Case; returns and single: where they are not as
        the battery says (a net's loss without labels returns scores alone).
        """

        def make(dtype):
            return cast(inputs, dtype) if dtype else fresh(inputs)

        single = self.battery.single if single is None else single
        returns = returns or self.battery.returns
        by_name = self.battery.by_name
        case = Case(title, make, returns, may_change, may_share, random, single, by_name)
        return self._called(case)

    def new(self, title, inputs):
        """A new object of the owner's class, made by an answer to its `__init__`.

        inputs: those of `__init__`, in order, without self. Its draws differ from call to call.
        """

        def make(_dtype):
            return {"self": object.__new__(self.owner), **fresh(inputs)}

        case = Case(title, make, {"nothing": "anything"}, ["self"], random=True)
        self._called(case)
        return case.inputs["self"]

    def refuses(self, kinds, inputs, exercise=None):
        """Whether a call with these inputs raises an error of one of these kinds.

        exercise: id of another one that is called, by default the answer itself.
        """
        function = self.given(exercise) if exercise else self.function
        try:
            apply(function, fresh(inputs), exercise is None and self.battery.by_name)
        except kinds:
            return True
        except Exception:
            return False
        return False

    def backward(
        self, title, forward, reference, inputs, dout, *,
        counts=None, wrt=None, rtol=RTOL, may_share=False, single=None,
    ):  # fmt: skip
        """Tries a backward pass: its gradients against the exact slopes of a reference.

        forward: id of the forward pass, whose cache the answer gets. reference: another way to
        compute it, a function of the inputs that gives out and is good for complex numbers (see
        slopes.py). inputs: {name: value} of the forward pass. dout: of out's shape. wrt: names of
        the inputs whose gradients are returned, in order; by default all arrays of float64.
        """
        forward_pass = self.given(forward)

        def make(dtype):
            taken = cast(inputs, dtype) if dtype else fresh(inputs)
            out, cache = unpacked(forward, run(forward, forward_pass, taken), "out, cache")
            if dtype is None:
                self._require_forward(f"{forward} ({title})", out, reference(**fresh(inputs)))
            return {"dout": cast(dout, dtype) if dtype else fresh(dout), "cache": cache}

        single = self.battery.single if single is None else single
        returns = self.battery.returns
        grads = self._called(Case(title, make, returns, may_share=may_share, single=single))
        grads = grads if isinstance(grads, tuple) else (grads,)
        wrt = wrt or [n for n, value in inputs.items() if getattr(value, "dtype", "") == "float64"]
        for name, grad in zip(wrt, grads, strict=True):
            expected = slope(reference, fresh(inputs), name, dout)
            self.close(f"d{name}", grad, expected, counts=counts, rtol=rtol)

    def _require_forward(self, name, out, expected):
        """A way back is only worth a look where the way there is right."""
        compare(f"{name}: out, without which nothing can be said,", out, expected)

    def _called(self, case):
        self.settle()
        self.case = case
        case.inputs = case.make(None)
        before = invariants.stream()
        case.results = results_of(self.exercise, self.function, case, case.inputs)
        case.draws = invariants.stream() != before
        case.keep()
        self.done.append(case)
        values = tuple(case.results.values())
        return values if len(values) > 1 else values[0]

    def settle(self):
        """Ends the latest case: what holds of any call is told after what this one computes."""
        case, self.case = self.case, None
        if case and case.results:
            self.case = case
            invariants.require_all(self.exercise, self.function, case)
            self.case = None

    def replay(self):
        """All calls once more, the last first: none may have left anything behind."""
        for case in reversed(self.done):
            self.case = case
            invariants.require_kept(case)
            if not case.random:
                inputs = case.make(None)
                invariants.require_same(
                    self.exercise, self.function, case, inputs, "after other calls"
                )

    # --- comparisons

    def close(self, name, got, expected, *, rtol=RTOL, atol=None, parts=None, counts=None):
        """Compares a result of the latest call. atol: by default rtol of the largest number.

        parts, counts: as for check_close.
        """
        if atol is None:
            atol = rtol * float(np.max(np.abs(expected), initial=0.0))
        title = f"{name} ({self.case.title})" if self.case else name
        compare(title, got, expected, rtol=rtol, atol=atol, parts=parts, counts=counts)

    def that(self, claim, holds, cause, got=None):
        """A claim that is true or false; got: the numbers by which a known mistake shows."""
        if not holds:
            evidence = Evidence(f"{claim}: {cause}", got)
            raise failed(f"It is not so that {claim}.", [], lambda: cause, evidence)

    def raises(self, kind, title, inputs, mentions=()):
        """That a call raises an error of this kind, with each of `mentions` in its text."""
        self.settle()
        self.case = Case(title, lambda dtype: fresh(inputs))
        try:
            result = apply(self.function, fresh(inputs), self.battery.by_name)
        except Exception as error:
            if is_todo(error):
                raise
            if isinstance(error, kind):
                self._require_text(str(error), title, mentions)
                return
            got = f"{type(error).__name__}: {error}"
        else:
            got = f"{described(result)} returned, and nothing raised"
        name = kind.__name__
        raise failed(
            f"{self.exercise} does not raise {name} ({title}).",
            [f"got {got}"],
            lambda: f"the docstring asks for it: raise {name}(…), not assert or print",
            Evidence(f"raises {name} ({title}): {got}"),
        )

    def _require_text(self, text, title, mentions):
        left_out = [str(each) for each in mentions if str(each) not in text]
        cause = f"{', '.join(left_out)} not in its text, {text!r}"
        self.that(f"the error says what was wrong ({title})", not left_out, cause)

    def no_loop(self, over, inputs_of, small, large):
        """That as many lines of Python run for inputs_of(large) as for inputs_of(small)."""
        self.settle()
        few, many = (
            lines_run(functools.partial(run, self.exercise, self.function, inputs_of(size)))
            for size in (small, large)
        )
        if many > few:
            raise failed(
                f"{self.exercise} loops in Python over {over}.",
                [f"{few} lines of Python ran for size {small}, {many} for size {large}"],
                lambda: (
                    "a loop, a comprehension or a call per row, where one array expression "
                    "can serve"
                ),
                Evidence(f"loops over {over}"),
            )

    def memory(self, title, inputs, megabytes):
        """That the arrays alive at once during a call take at most so many megabytes."""
        self.settle()
        self.case = Case(title, lambda dtype: fresh(inputs))
        given = fresh(inputs)
        peak = peak_megabytes(lambda: run(self.exercise, self.function, given))
        if peak > megabytes:
            raise failed(
                f"{self.exercise} takes {peak:.3g} MB of memory, "
                f"expected at most {megabytes:g} MB.",
                [],
                lambda: (
                    "a temporary array far larger than inputs and result, such as one with an "
                    "axis too many, made by broadcasting"
                ),
                Evidence(f"memory ({title})"),
            )
