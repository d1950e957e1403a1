"""Runs in the sandbox: an answer's checks as a learner runs them, or the answer for the judge.

Copied there beside `wire.py` and `texts.py`; of the grader nothing else is there. What it says is
believed in nothing but values: the answer is in this process, and can say in its place whatever it
likes.
"""

import builtins
import contextlib
import importlib
import importlib.abc
import importlib.machinery
import io
import os
import sys
import traceback
import warnings
from pathlib import Path

import numpy as np
import wire
from texts import Texts

OWN = "own:"  # before the name of a class that is the answer's own


def main(held):
    """Takes one request from standard input, and answers on standard output.

    held: the names of what keeps this process in its place.
    """
    requests, replies = _take_pipes()
    request, _ = wire.receive(requests)
    if "probe" in request:
        wire.send(replies, {"held": held, "open": _open(request["probe"])})
        return
    process = os.getpid()
    tree = Path(request["tree"])
    files = {str(tree / name): text for name, text in request["texts"].items()}
    sys.meta_path[:0] = [JoblibInOrder(), Texts(files)]
    if "cells" in request:
        wire.send(replies, [*_checked(request["cells"])])
    else:
        _serve(request["homes"], requests, replies)
    if os.getpid() == process:
        replies.close()
    os._exit(0)  # past threads and exit handlers of answers


def _take_pipes():
    """The pipes to the grader, moved to where nobody else knows of them."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    return requests, replies


def _open(paths):
    """Those of some files and folders that can be read, or written to. Tried: a rule of Landlock
    does not show otherwise."""
    found = []
    for path in paths:
        for way in (os.O_RDONLY, os.O_WRONLY):
            with contextlib.suppress(OSError):
                os.close(os.open(path, way))
                found.append(path)
    return found


class JoblibInOrder(importlib.abc.MetaPathFinder):
    """A search over several settings runs here, one after the other: no process may be started."""

    def find_spec(self, name, path, target=None):
        if name != "joblib":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            module.Parallel = InOrder

        spec.loader.exec_module = exec_module
        return spec


class InOrder:
    """In place of joblib's Parallel."""

    def __init__(self, *args, return_as="list", **settings):
        self._as_list = return_as == "list"

    def __call__(self, calls):
        results = (function(*given, **named) for function, given, named in calls)
        return list(results) if self._as_list else results


def _checked(cells):
    """(status, message) of an exercise by all its check cells: the worst counts."""
    from cs231n.course.cells import CheckCell
    from cs231n.course.status.one_cell import run_cell
    from cs231n.course.status.runner import verdict_of

    return verdict_of([CheckCell(**each) for each in cells], run_cell)


# --- for the judge


def _serve(homes, requests, replies):
    """Runs answers for as long as calls come. homes: {id: module} of what may be called."""
    link = Link(requests, replies)
    for message, buffers in iter(link.next, None):
        link.begin()
        (given, named, stream), _ = link.heap.unpack(message["value"], buffers)
        np.random.set_state(("MT19937", *stream))
        silent = contextlib.redirect_stdout(io.StringIO())
        with warnings.catch_warnings(), silent, contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                # In here, so that what is wrong with its file is told as the answer's fault.
                result = _answer(message["call"], homes)(*given, **named)
                kind = {"kind": "return"}
            except BaseException as error:
                result, kind = None, {"kind": "raise", **_told(error)}
        link.say(kind, (result, np.random.get_state()[1:]))


def _answer(exercise, homes):
    value = importlib.import_module(homes[exercise])
    for name in exercise.split("."):
        value = getattr(value, name)
    return value


def _told(error):
    """What can be said of an error: names of its classes, its text, the line."""
    kinds = [each.__name__ for each in type(error).__mro__]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/cs231n/" in f.filename]
    place = f"In cs231n/{frames[-1].filename.partition('/cs231n/')[2]}, line {frames[-1].lineno}: "
    return {
        "kinds": kinds,
        "number": getattr(error, "number_of_the_judge", None),
        "text": str(error)[:2000],
        "place": (place + str(frames[-1].line))[:500] if frames else "",
    }


class Link(wire.World):
    """The way to the judge, and what its messages mean here."""

    def __init__(self, requests, replies):
        self._requests, self._replies = requests, replies
        self.heap = None
        self._remotes, self._opaque, self._classes = {}, [], {}

    def begin(self):
        self.heap = wire.Heap(1, self)

    def next(self):
        try:
            return wire.receive(self._requests)
        except EOFError:
            return None

    def say(self, message, value):
        packed, buffers, passing = self.heap.pack(value)
        wire.send(self._replies, {**message, "value": packed}, buffers)
        return passing

    def back(self, what, number, name="", *value):
        """Asks the judge for something of an object of its own, or to call it."""
        mine = self.say({"kind": "back", "what": what, "number": number, "name": name}, value)
        message, buffers = wire.receive(self._requests)
        result, theirs = self.heap.unpack(message["value"], buffers)
        if what != "get":  # what an attribute holds goes on being the object's
            self.heap.forget([*mine, *theirs])
        if message["kind"] == "raise":
            error = getattr(builtins, message["kinds"][0])(message["text"])
            error.number_of_the_judge = message["number"]
            raise error
        return result

    # --- what objects mean

    def describe(self, value):
        if type(value) is Remote:
            return "theirs", object.__getattribute__(value, "_number")
        kind = type(value)
        plain = isinstance(getattr(value, "__dict__", None), dict) and not callable(value)
        if not plain or isinstance(value, type | np.ndarray | BaseException | type(sys)):
            known = {id(each): number for number, each in enumerate(self._opaque)}
            if id(value) not in known:
                self._opaque.append(value)
            return "opaque", known.get(id(value), len(self._opaque) - 1)
        name = f"{kind.__module__}:{kind.__qualname__}"
        if kind.__module__.partition(".")[0] != "cs231n" or "<locals>" in name:
            name = f"{OWN}{name}:{id(kind)}"
        self._classes[name] = kind
        return "class", name

    def blank(self, name):
        kind = self._classes.get(name)
        if kind is None:
            module, _, path = name.partition(":")
            kind = importlib.import_module(module)
            for part in path.split("."):
                kind = getattr(kind, part)
        return object.__new__(kind)

    def named(self, kind, number):
        if kind == "opaque":
            return self._opaque[number]
        return self._remotes.setdefault(number, Remote(self, number))

    def function(self, name):
        return getattr(np, name)


class Remote:
    """An object of the judge's, such as a function that an answer is to call."""

    def __init__(self, link, number):
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)

    def __call__(self, *given, **named):
        return self._link.back("call", self._number, "", given, named)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        what, value = self._link.back("get", self._number, name)
        if what == "value":
            return value

        def method(*given, **named):
            return self._link.back("method", self._number, name, given, named)

        return method

    def __setattr__(self, name, value):
        self._link.back("set", self._number, name, value)

    def __deepcopy__(self, memo):
        return self._link.back("copy", self._number)
