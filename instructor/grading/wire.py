"""What goes between the judge and the sandbox: data, and nothing that can act.

A message is a JSON text and raw buffers. Numbers, texts, arrays of plain types, tuples, lists,
dicts and the attributes of objects can be said in it. An object that cannot is named by a number:
the judge's own (a function that an answer is to call) as "theirs", the sandbox's as "opaque". So
what the judge reads is always made by the judge itself, of its own types: no subclass of an array,
no `__eq__` and no code of an answer ever comes there.

Both sides know each array, list, dict and object of a call by a number, and each message says of
all of them what has changed: an argument that is changed in place is changed on both sides.

This file is copied into the sandbox, and imports nothing of the course.
"""

import json
import struct
from itertools import pairwise

import numpy as np

LARGEST = 100_000_000  # bytes of a message
MOST = 200_000  # values in a message
DEEPEST = 60  # of values in values
KINDS = "biufcUS"  # of arrays that are data
HEAD = struct.Struct("<QQ")
PLAIN = (type(None), bool, int, float, str)
TYPES = {each.__name__: each for each in (bool, int, float, complex, str)} | {
    f"np.{each.__name__}": each
    for each in (
        np.float16, np.float32, np.float64, np.int8, np.int16, np.int32, np.int64, np.uint8,
        np.uint16, np.uint32, np.uint64, np.bool_, np.complex64, np.complex128,
    )
}  # fmt: skip
NAME_OF_TYPE = {each: name for name, each in TYPES.items()}


class Refused(Exception):
    """A message that is no such message, or too large."""


def send(pipe, message, buffers=()):
    """Writes a message. message: what JSON can say. buffers: bytes."""
    head = {"message": message, "sizes": [len(each) for each in buffers]}
    text = json.dumps(head).encode()
    pipe.write(HEAD.pack(len(text), sum(head["sizes"])))
    pipe.write(text)
    for each in buffers:
        pipe.write(each)
    pipe.flush()


def receive(pipe):
    """(message, buffers). Raises EOFError at the end, and Refused."""
    text_size, size = HEAD.unpack(_exactly(pipe, HEAD.size))
    if text_size + size > LARGEST:
        raise Refused(f"a message of {text_size + size:,} bytes")
    text, rest = _exactly(pipe, text_size), _exactly(pipe, size)
    try:
        head = json.loads(text)
        message, sizes = head["message"], head["sizes"]
        ends = np.cumsum([0, *map(int, sizes)])
        if min(sizes, default=0) < 0 or ends[-1] != size:
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise Refused("what is no message") from None
    return message, [rest[a:b] for a, b in pairwise(ends)]


def _exactly(pipe, size):
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Heap:
    """The arrays, lists, dicts and objects of one call that both sides know, by their numbers.

    side: 0 or 1, which makes the numbers of new ones even or odd. world: says what objects are
    (see `World`).
    """

    def __init__(self, side, world):
        self.world = world
        self.objects = {}
        self._numbers = {}  # by id
        self._contents = {}  # as they were when both sides knew the same
        self._next = side

    def pack(self, value):
        """(message, buffers, numbers of what only the value needs)."""
        packing = _Packing(self)
        for number in list(self.objects):
            packing.add(number)
        packing.drain()
        lasting = set(self.objects)
        root = packing.atom(value)
        packing.drain()
        passing = sorted(set(self.objects) - lasting)
        return {"root": root, "nodes": packing.nodes, "passing": passing}, packing.buffers, passing

    def unpack(self, message, buffers):
        """(value, numbers of what only the value needs). Raises Refused."""
        try:
            unpacking = _Unpacking(self, message["nodes"], buffers)
            value = unpacking.value(message["root"])
            passing = [int(each) for each in message["passing"]]
        except Refused:
            raise
        except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError,
                AttributeError, MemoryError) as error:  # fmt: skip
            raise Refused(f"a value that cannot be read: {error}") from None
        return value, passing

    def forget(self, numbers):
        """Forgets what was needed for one message alone."""
        for number in numbers:
            if number in self.objects:
                self._numbers.pop(id(self.objects.pop(number)), None)
                self._contents.pop(number, None)

    def number(self, value):
        """The number of a value, which is made known if it was not."""
        known = self._numbers.get(id(value))
        if known is None:
            known, self._next = self._next, self._next + 2
            self.enter(known, value)
        return known

    def enter(self, number, value):
        self.objects[number] = value
        self._numbers[id(value)] = number


class World:
    """What objects mean on one side: which travel as their attributes, and which by a number."""

    def describe(self, value):
        """("class", name) of an object whose attributes are data, ("theirs" or "opaque", number)
        of one that stays where it is."""
        raise NotImplementedError

    def blank(self, name):
        """A new object of the class with this name, without attributes."""
        raise NotImplementedError

    def named(self, kind, number):
        """What a number stands for, of the kind "theirs" or "opaque"."""
        raise NotImplementedError

    def function(self, name):
        """The function of numpy with this name."""
        raise NotImplementedError


class _Packing:
    def __init__(self, heap):
        self.heap = heap
        self.nodes = {}
        self.buffers = []
        self._todo = []
        self._queued = set()

    def add(self, number):
        if number not in self._queued:
            self._queued.add(number)
            self._todo.append(number)

    def drain(self):
        """Says what has changed of all that is known, and of what that leads to."""
        while self._todo:
            number = self._todo.pop()
            value = self.heap.objects[number]
            if isinstance(value, np.ndarray):
                data = value.tobytes()
                node = ["array", _name(value.dtype), list(value.shape), data]
            else:
                node = self._node(value)
            if self.heap._contents.get(number) != node:
                self.heap._contents[number] = node
                if node[0] == "array":
                    self.buffers.append(data)
                    node = [*node[:3], len(self.buffers) - 1]
                self.nodes[str(number)] = node

    def _node(self, value):
        if isinstance(value, list):
            return ["list", [self.atom(each) for each in list.__iter__(value)]]
        if isinstance(value, set):
            return ["set", [self.atom(each) for each in set.__iter__(value)]]
        if isinstance(value, dict):
            return ["dict", [[self.atom(k), self.atom(v)] for k, v in dict.items(value)]]
        attributes = dict.items(object.__getattribute__(value, "__dict__"))
        _, name = self.heap.world.describe(value)
        return ["object", name, [[str(k), self.atom(v)] for k, v in attributes]]

    def atom(self, value):
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is np.ndarray and value.dtype.kind in KINDS:
            return self._shared(value)
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is bytes:
            return ["bytes", value.hex()]
        if kind is range:
            return ["range", value.start, value.stop, value.step]
        if kind is slice:
            return ["slice", *(self.atom(each) for each in (value.start, value.stop, value.step))]
        if kind is type(...):
            return ["..."]
        if isinstance(value, np.generic) and kind in NAME_OF_TYPE:
            return ["scalar", _name(value.dtype), value.tobytes().hex()]
        if isinstance(value, np.dtype):
            return ["dtype", _name(value)]
        if isinstance(value, type) and value in NAME_OF_TYPE:
            return ["type", NAME_OF_TYPE[value]]
        if isinstance(value, tuple):
            return ["tuple", [self.atom(each) for each in tuple.__iter__(value)]]
        if isinstance(value, frozenset):
            return ["frozenset", [self.atom(each) for each in frozenset.__iter__(value)]]
        if isinstance(value, list | dict | set):
            return self._shared(value)
        name = getattr(value, "__name__", "") if callable(value) else ""
        if name and getattr(np, str(name), None) is value:
            return ["numpy", name]
        what, name = self.heap.world.describe(value)
        return self._shared(value) if what == "class" else [what, name]

    def _shared(self, value):
        number = self.heap.number(value)
        self.add(number)
        return ["@", number]


class _Unpacking:
    def __init__(self, heap, nodes, buffers):
        self.heap = heap
        if len(nodes) > MOST:
            raise Refused(f"{len(nodes)} values")
        self.nodes = {int(number): node for number, node in nodes.items()}
        self.buffers = buffers
        self._left = MOST
        self._depth = 0
        # First all of them, empty, so that they can refer to one another.
        for number, node in self.nodes.items():
            self._ensure(number, node)
        for number, node in self.nodes.items():
            self._fill(number, node)

    def _ensure(self, number, node):
        kind, known = node[0], self.heap.objects.get(number)
        fits = {"list": list, "dict": dict, "set": set}
        if kind == "array":
            array = self._array(node)
            same = isinstance(known, np.ndarray) and known.flags.writeable
            if same and (known.shape, known.dtype) == (array.shape, array.dtype):
                known[...] = array
            else:
                self.heap.enter(number, array)
        elif kind in fits:
            if not isinstance(known, fits[kind]):
                self.heap.enter(number, fits[kind]())
        elif kind == "object":
            if known is None or self.heap.world.describe(known) != ("class", node[1]):
                self.heap.enter(number, self.heap.world.blank(str(node[1])))
        else:
            raise Refused(f"a value of kind {kind!r}")

    def _array(self, node):
        _, name, shape, place = node
        dtype = _dtype(name)
        data, shape = self.buffers[place], tuple(map(int, shape))
        size = dtype.itemsize
        for each in shape:
            size *= each
        if len(shape) > 32 or min(shape, default=0) < 0 or size != len(data):
            raise Refused("an array of another size than its numbers")
        return np.frombuffer(bytearray(data), dtype).reshape(shape)

    def _fill(self, number, node):
        kind, value = node[0], self.heap.objects[number]
        if kind == "list":
            value[:] = [self.value(each) for each in node[1]]
        elif kind == "set":
            new = [self.value(each) for each in node[1]]
            value.clear()
            value.update(new)
        elif kind == "dict":
            new = {self.value(k): self.value(v) for k, v in node[1]}
            value.clear()
            value.update(new)
        elif kind == "object":
            new = {str(k): self.value(v) for k, v in node[2]}
            attributes = object.__getattribute__(value, "__dict__")
            attributes.clear()
            attributes.update(new)
        self.heap._contents[number] = (
            [*node[:3], self.buffers[node[3]]] if kind == "array" else node
        )

    def value(self, atom):
        self._left -= 1
        if self._left < 0 or self._depth > DEEPEST:
            raise Refused("too many values, or values too deep in one another")
        if not isinstance(atom, list):
            if type(atom) not in PLAIN:
                raise Refused("what is no value")
            return atom
        self._depth += 1
        try:
            return self._compound(*atom)
        finally:
            self._depth -= 1

    def _compound(self, kind, *parts):
        if kind == "@":
            return self.heap.objects[int(parts[0])]
        if kind == "tuple":
            return tuple(self.value(each) for each in parts[0])
        if kind == "frozenset":
            return frozenset(self.value(each) for each in parts[0])
        if kind == "scalar":
            data, dtype = bytes.fromhex(parts[1]), _dtype(parts[0])
            if dtype.itemsize != len(data):
                raise Refused("a number of another size")
            return np.frombuffer(data, dtype)[0]
        if kind == "complex":
            return complex(float(parts[0]), float(parts[1]))
        if kind == "bytes":
            return bytes.fromhex(parts[0])
        if kind == "range":
            return range(*map(int, parts))
        if kind == "slice":
            return slice(*(self.value(each) for each in parts))
        if kind == "...":
            return ...
        if kind == "dtype":
            return _dtype(parts[0])
        if kind == "type":
            return TYPES[parts[0]]
        if kind == "numpy":
            return self.heap.world.function(str(parts[0]))
        if kind in ("theirs", "opaque"):
            return self.heap.world.named(kind, int(parts[0]))
        raise Refused(f"a value of kind {kind!r}")


def _name(dtype):
    return dtype.str


def _dtype(name):
    if not isinstance(name, str) or len(name) > 12:
        raise Refused("a type of numbers that there is not")
    dtype = np.dtype(name)
    if dtype.kind not in KINDS or (dtype.itemsize == 0 and dtype.kind not in "US"):
        raise Refused(f"a type of numbers that is no data: {dtype}")
    return dtype
