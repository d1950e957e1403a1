"""Reaches a verdict outside of the process that runs the answer.

The checks of an exercise run here, in a course that is solved by the key. In the place of the
exercise itself stands a function that sends what it is given to the sandbox, where the answer is
run, and returns what comes back. What comes back is data (see `wire.py`), so the checks see values
alone: no answer can change them, what they compare with, or how. What they draw is drawn anew for
each grading (see `draws.py`), so there is no table of what everybody can see to remember either.

What is not in a value (that there is no loop, no large temporary array, no memory shared) is left
to the checks in the sandbox.
"""

import builtins
import copy
import functools
import importlib
import json
import os
import resource
import signal
import sys
from contextvars import ContextVar
from types import MethodType

import numpy as np

from cs231n.course.checking.limits import MEMORY
from cs231n.course.checking.telling import TODO
from cs231n.course.source import Source, definitions
from cs231n.course.status.one_cell import run_cell
from cs231n.course.status.runner import verdict_of
from instructor.bench import put_in
from instructor.grading import draws, wire
from instructor.source import parsed
from instructor.splice import solved_texts
from instructor.texts import compiled

# What an answer may ask of a judge's object: what models, gates and classifiers are for.
OPEN = {"loss", "train", "predict", "forward", "backward", "params"}
SETTABLE = {"params"}
# Errors that would end an iteration of the judge's, or the judge.
TAMED = (StopIteration, StopAsyncIteration, GeneratorExit)
LINES = 2_000  # characters of a message of the answer's
_link = ContextVar("link")


def ask(exercise, /, *given, **named):
    """What the answer to an exercise returns: the call is made in the sandbox."""
    return _link.get().call(exercise, given, named)


def asking(stubs):
    """{id: Definition}: for each exercise one that asks the sandbox."""
    found = {}
    for stub in stubs.values():
        inner = stub.body_indent(stub.indent)
        lines = [
            *stub.header_lines(stub.indent),
            f'{inner}ask = __import__("{__name__}", fromlist=["ask"]).ask',
            f'{inner}return ask("{stub.id}", {_arguments(stub.node.args)})',
        ]
        head = [f"class {stub.owner.name}:"] if stub.owner else []
        text = "\n".join([*head, *lines, ""])
        source = Source(stub.path, stub.source.name, text, parsed(text, stub.path))
        found |= {each.id: each for each in definitions(source)}
    return found


def _arguments(args):
    places = [each.arg for each in (*args.posonlyargs, *args.args)]
    places += [f"*{args.vararg.arg}"] if args.vararg else []
    places += [f"{each.arg}={each.arg}" for each in args.kwonlyargs]
    return ", ".join(places + ([f"**{args.kwarg.arg}"] if args.kwarg else []))


class Judge:
    """Judges answers by the checks of one course. bench: its Bench."""

    def __init__(self, bench):
        self.bench = bench
        self._asking = asking(bench.stubs)
        self._texts = functools.cache(self._texts_with)

    def _texts_with(self, asked):
        """{file: text} of the course, solved by the key but for those that are asked for."""
        keys, stubs = self.bench.keys, self.bench.stubs
        files = {stubs[each].source for each in asked}
        among = {each: keys[each] for each in stubs if not asked or stubs[each].source in files}
        answers = among | {each: self._asking[each] for each in asked}
        solved = solved_texts(self.bench.course, answers)
        texts = {str(self.bench.tree / name): text for name, text in solved.items()}
        if asked:  # all other modules, and whatever came along with the whole key, stay as they are
            own = {str(source.path) for source in files}
            texts = self._texts(frozenset()) | {file: texts[file] for file in own}
        for file, text in texts.items():
            compiled(text, file)
        return texts

    def verdict(self, exercise, asked, running, seed, seconds):
        """(status, message) of an exercise.

        asked: ids of those that are run in the sandbox, `exercise` among them; none where the key
        itself is judged. running: that sandbox, which waits for calls, or None. seed: of what is
        drawn for this grading.
        """
        reader, writer = os.pipe()
        texts = self._texts(frozenset(asked))
        child = os.fork()
        if child == 0:
            os.close(reader)
            signal.alarm(int(seconds))
            _end_with(writer, lambda: self._judged(texts, exercise, running, seed))
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            told = pipe.read()
        _, code = os.waitpid(child, 0)
        if told:
            return tuple(json.loads(told))
        if os.WIFSIGNALED(code) and os.WTERMSIG(code) == signal.SIGALRM:
            return "wrong", f"It ran longer than {seconds:g} s: is there a loop that does not end?"
        return "wrong", "What it returned could not be judged."

    def _judged(self, texts, exercise, running, seed):
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        put_in(texts)
        draws.forget_limits()
        link = Link(running) if running else None
        _link.set(link)
        cells = [cell for cell in self.bench.cells if cell.exercise == exercise]
        with draws.drawn_anew(seed):
            status, message = verdict_of(cells, run_cell)
        if status == "done" and exercise in draws.CASES:
            home = self.bench.stubs[exercise].source
            module, file = importlib.import_module(home.module), str(home.path)
            key = compiled(self._texts(frozenset())[file], file)
            status, message = draws.verdict(exercise, seed, module, key)
        if status == "wrong":
            message = f"{draws.OTHER}\n{message}"
        if link and link.fault and status == "done":
            status, message = "wrong", link.fault
        return status, message


def _end_with(writer, judged):
    """Writes a verdict, and ends this process."""
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (2 * MEMORY, 2 * MEMORY))
        os.write(writer, json.dumps(judged()).encode())
    finally:
        os._exit(0)


class Link(wire.World):
    """The way to an answer in the sandbox, and what its messages mean here."""

    def __init__(self, running):
        self._running = running
        self._theirs, self._numbers, self._errors = [], {}, []
        self.heap = None
        self.fault = None

    def call(self, exercise, given, named):
        outer, self.heap = self.heap, wire.Heap(0, self)
        try:
            if outer is not None:
                raise wire.Refused("a call of an exercise within a call")
            return self._called(exercise, given, named)
        except (wire.Refused, OSError, EOFError) as error:
            self.fault = self.fault or f"{exercise} ended Python, or returned {error or 'nothing'}."
            raise RuntimeError(self.fault) from None
        finally:
            self.heap = outer

    def _called(self, exercise, given, named):
        stream = np.random.get_state()[1:]
        self._say({"call": exercise}, (given, named, stream))
        while True:
            message, buffers = wire.receive(self._running.replies)
            kind = message.get("kind") if isinstance(message, dict) else None
            if kind not in ("return", "raise", "back"):
                raise wire.Refused("what is no message")
            value, theirs = self.heap.unpack(message.get("value"), buffers)
            if kind == "back":
                self._answer_back(message, value, theirs)
                continue
            result, stream = value
            _set_stream(stream)
            if kind == "raise":
                raise self._error(message)
            return result

    def _say(self, message, value):
        packed, buffers, passing = self.heap.pack(value)
        wire.send(self._running.requests, {**message, "value": packed}, buffers)
        return passing

    def _answer_back(self, message, value, theirs):
        try:
            reply = {"kind": "return"}, self._done(message, value)
        except wire.Refused:
            raise
        except Exception as error:
            self._errors.append(error)
            name = next(each.__name__ for each in type(error).__mro__ if _is_plain(each))
            told = {"kinds": [name], "text": str(error), "number": len(self._errors) - 1}
            reply = {"kind": "raise", **told}, None
        mine = self._say(*reply)
        if message["what"] != "get":
            self.heap.forget([*theirs, *mine])

    def _done(self, message, value):
        """What the answer asks of an object of this side."""
        what, name = message["what"], message["name"]
        number = message["number"]
        if not (isinstance(number, int) and 0 <= number < len(self._theirs)):
            raise wire.Refused("a number that stands for nothing")
        target = self._theirs[number]
        if what == "copy":
            return copy.deepcopy(target)
        if what == "call":
            given, named = value
            return target(*given, **named)
        if name not in (SETTABLE if what == "set" else OPEN):
            raise AttributeError(name)
        if what == "set":
            setattr(target, name, value[0])
            return None
        found = getattr(target, name)
        if what == "method":
            given, named = value
            return found(*given, **named)
        if what == "get":
            return ("method", None) if isinstance(found, MethodType) else ("value", found)
        raise wire.Refused("what cannot be asked")

    def _error(self, message):
        number = message.get("number")
        if isinstance(number, int) and 0 <= number < len(self._errors):
            return self._errors[number]
        text, place = (str(message.get(name, ""))[:LINES] for name in ("text", "place"))
        for name in message.get("kinds", ()):
            kind = getattr(builtins, name, None) if isinstance(name, str) else None
            if isinstance(kind, type) and _is_plain(kind):
                if issubclass(kind, NotImplementedError) and text.startswith(TODO):
                    place = ""
                with_place = f"{text}\n{place}" if place else text
                try:
                    return kind(with_place)
                except TypeError:  # such as UnicodeDecodeError, of five arguments
                    break
        return RuntimeError(text)

    # --- what objects mean

    def describe(self, value):
        if isinstance(value, Opaque):
            return "opaque", value.number
        if isinstance(value, Thing):
            return "class", object.__getattribute__(value, "kind_of_thing")
        kind = type(value)
        name = f"{kind.__module__}:{kind.__qualname__}"
        if _is_shared(kind.__module__) and not callable(value):
            return "class", name
        if id(value) not in self._numbers:
            self._numbers[id(value)] = len(self._theirs)
            self._theirs.append(value)
        return "theirs", self._numbers[id(value)]

    def blank(self, name):
        module, _, path = name.partition(":")
        if _is_shared(module) and module in sys.modules:
            kind = vars(sys.modules[module]).get(path)
            if isinstance(kind, type) and kind.__module__ == module:
                return object.__new__(kind)
        return Thing(name)

    def named(self, kind, number):
        if kind == "opaque":
            return Opaque(number)
        if not 0 <= number < len(self._theirs):
            raise wire.Refused("a number that stands for nothing")
        return self._theirs[number]

    def function(self, name):
        found = getattr(np, name, None)
        if isinstance(found, np.ufunc) or name in draws.FUNCTIONS:
            return found
        raise wire.Refused(f"a function {name!r}")


class Opaque:
    """Something in the sandbox that is no data, such as a function in a cache."""

    __slots__ = ("number",)  # and no attributes, which a check would compare

    def __init__(self, number):
        self.number = number

    def __deepcopy__(self, memo):
        return self


class Thing:
    """An object of a class that is the answer's own: its attributes, and no more."""

    __slots__ = ("__dict__", "kind_of_thing")

    def __init__(self, kind):
        object.__setattr__(self, "kind_of_thing", kind)


def _is_shared(module):
    """Whether objects of a module's classes go over with their attributes, not as numbers."""
    closed = ("cs231n.course.checking", "cs231n.course.batteries")
    return module.partition(".")[0] == "cs231n" and not module.startswith(closed)


def _is_plain(kind):
    """Whether an error of this class does no more than any other."""
    return (
        issubclass(kind, Exception)
        and kind.__module__ == "builtins"
        and not issubclass(kind, TAMED)
        and kind not in (BaseException,)
    )


def _set_stream(stream):
    """Numpy's random stream, as the answer left it."""
    try:
        keys, place, has_gauss, gauss = stream
        right = type(keys) is np.ndarray and keys.shape == (624,) and keys.dtype == np.uint32
        if not (right and 0 <= int(place) <= 624):
            raise ValueError
        np.random.set_state(("MT19937", keys, int(place), int(has_gauss), float(gauss)))
    except (ValueError, TypeError, OverflowError):
        raise wire.Refused("no stream of random numbers") from None
