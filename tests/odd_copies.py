"""A small module with exercises, and how learners may have left it."""
# ruff: noqa: E501 (a copy a line is easier to compare)

LAYERS = '''
"""Layers."""

import numpy as np

HALF = 0.5


def forward(x, w):
    """x times w."""
    # TODO: a product.
    raise NotImplementedError("TODO: forward")


def given(x):
    return HALF * x


class Net:
    """A net."""

    size = 3

    def loss(self, x):
        """The loss."""
        # TODO: a sum.
        raise NotImplementedError("TODO: Net.loss")

    def name(self):
        return "net"
'''.lstrip()

BODY = '    # TODO: a product.\n    raise NotImplementedError("TODO: forward")'
# What a learner's `forward(3, 2)` may look like; each gives 6.
HELPER = "def _times(a, b):\n    return a * b\n\n\n"
ODD = {
    "plain": LAYERS.replace(BODY, "    return x * w"),
    "in one line": LAYERS.replace('forward(x, w):\n    """x times w."""\n' + BODY, "forward(x, w): return x * w"),
    "docstring in one line": LAYERS.replace(
        'forward(x, w):\n    """x times w."""\n' + BODY, 'forward(x, w): """mine"""; return x * w'
    ),
    "comments around": LAYERS.replace(BODY, "\n    # a\n    return x * w  # b\n    # c\n\n    # d"),
    "comments kept above": LAYERS.replace("def forward", "# my favourite\ndef forward").replace(BODY, "    return x * w"),
    "a string of lines": LAYERS.replace(BODY, '    s = """\na\n  b\n"""\n    return x * w + s.count("z")'),
    "nested functions": LAYERS.replace(BODY, "    def inner():\n        return x * w\n\n    return inner()"),
    "a lambda": LAYERS.replace(BODY, "    return (lambda a: a * w)(x)"),
    "two statements a line": LAYERS.replace(BODY, "    y = x * w; return y"),
    "a walrus": LAYERS.replace(BODY, "    if (y := x * w):\n        return y"),
    "a deeper indent": LAYERS.replace('    """x times w."""\n' + BODY, '        """x times w."""\n        return x * w'),
    "two spaces": LAYERS.replace('    """x times w."""\n' + BODY, '  """x times w."""\n  return x * w'),
    "docstring removed": LAYERS.replace('    """x times w."""\n' + BODY, "    return x * w"),
    "docstring their own": LAYERS.replace("x times w.", "My words.").replace(BODY, "    return x * w"),
    "helper above": LAYERS.replace("def forward", HELPER + "def forward").replace(BODY, "    return _times(x, w)"),
    "helper below": LAYERS.replace("def given", HELPER + "def given").replace(BODY, "    return _times(x, w)"),
    "helper at the end": LAYERS.replace(BODY, "    return _times(x, w)") + "\n\n" + HELPER,
    "helper of a new name of the course": LAYERS.replace("def given", "def backward(x):\n    return x\n\n\ndef given").replace(BODY, "    return backward(x * w)"),
    "a constant": LAYERS.replace("HALF = 0.5", "HALF = 0.5\nONE = 1").replace(BODY, "    return ONE * x * w"),
    "a constant that both know": LAYERS.replace("HALF = 0.5", "HALF = 1").replace(BODY, "    return HALF * x * w"),
    "an annotated constant": LAYERS.replace("HALF = 0.5", "HALF = 0.5\nONE: int = 1").replace(BODY, "    return ONE * x * w"),
    "an import": LAYERS.replace("import numpy as np", "import numpy as np\nimport operator").replace(BODY, "    return operator.mul(x, w)"),
    "the same import": LAYERS.replace("import numpy as np", "import math\nimport numpy as np").replace(BODY, "    return math.prod((x, w))"),
    "an import from": LAYERS.replace("import numpy as np", "from operator import mul\n\nimport numpy as np").replace(BODY, "    return mul(x, w)"),
    "an import in the middle": LAYERS.replace("def given", "from operator import mul\n\n\ndef given").replace(BODY, "    return mul(x, w)"),
    "a future import": LAYERS.replace("import numpy", "from __future__ import annotations\n\nimport numpy").replace(BODY, "    return x * w"),
    "a decorator": LAYERS.replace("def forward", "def same(f):\n    return f\n\n\n@same\ndef forward").replace(BODY, "    return x * w"),
    "a decorator of two lines": LAYERS.replace("import numpy as np", "import functools\nimport numpy as np").replace("def forward", "@functools.lru_cache(\n    maxsize=9\n)\ndef forward").replace(BODY, "    return x * w"),
    "one parameter more": LAYERS.replace("forward(x, w)", "forward(x, w, scale=1)").replace(BODY, "    return scale * x * w"),
    "annotated parameters": LAYERS.replace("forward(x, w)", "forward(x: float, w: float) -> float").replace(BODY, "    return x * w"),
    "a signature of lines": LAYERS.replace("forward(x, w)", "forward(\n    x,\n    w,\n)").replace(BODY, "    return x * w"),
    "defined twice": LAYERS.replace("def given", "def forward(x, w):\n    return x * w\n\n\ndef given"),
    "defined in an if": LAYERS + "\n\nif True:\n\n    def forward(x, w):\n        return x * w\n",
    "assigned": LAYERS + "\n\nforward = lambda x, w: x * w  # noqa: E731\n",
    "wrapped below": LAYERS.replace(BODY, "    return x + w - 1") + "\n\n_old = forward\n\n\ndef forward(x, w):\n    return _old(x, w) + 2\n",
    "a method more": LAYERS.replace("    def name", "    def times(self, x, w):\n        return x * w\n\n    def name").replace(BODY, "    return Net().times(x, w)"),
    "a method last": LAYERS.replace(BODY, "    return Net().times(x, w)") + "\n    def times(self, x, w):\n        return x * w\n",
    "an attribute more": LAYERS.replace("size = 3", "size = 3\n    one = 1").replace(BODY, "    return Net.one * x * w"),
    "a static method": LAYERS.replace(BODY, "    return Net.times(x, w)") + "\n    @staticmethod\n    def times(x, w):\n        return x * w\n",
    "a class of their own": LAYERS.replace("def given", "class Times:\n    def __call__(self, x, w):\n        return x * w\n\n\ndef given").replace(BODY, "    return Times()(x, w)"),
    "a class in one line": LAYERS.replace("def given", "class One: value = 1\n\n\ndef given").replace(BODY, "    return One.value * x * w"),
    "a nested class": LAYERS.replace("    size = 3", "    size = 3\n\n    class Part:\n        def one(self):\n            return 1").replace(BODY, "    return Net.Part().one() * x * w"),
    "another base": LAYERS.replace("class Net:", "class Base:\n    one = 1\n\n\nclass Net(Base):").replace(BODY, "    return Net.one * x * w"),
    "async beside it": LAYERS.replace("def given", "async def later(x):\n    return x\n\n\ndef given").replace(BODY, "    return x * w"),
    "a generator": LAYERS.replace(BODY, "    def each():\n        yield x * w\n\n    return next(each())"),
    "a global counter": LAYERS.replace("HALF = 0.5", "HALF = 0.5\ncalls = 0").replace(BODY, "    global calls\n    calls += 1\n    return x * w"),
    "a main block": LAYERS.replace(BODY, "    return x * w") + '\n\nif __name__ == "__main__":\n    print(forward(1, 2))\n',
    "the order turned": LAYERS.replace("def given(x):\n    return HALF * x\n\n\n", "").replace(BODY, "    return x * w") + "\n\ndef given(x):\n    return HALF * x\n",
    "no newline at the end": LAYERS.replace(BODY, "    return x * w").rstrip(),
    "spaces at line ends": LAYERS.replace(BODY, "    return x * w   ").replace("\n\n", "\n  \n"),
    "letters of all kinds": LAYERS.replace(BODY, "    größe = x * w  # 😀 ≠\n    return größe"),
    "a form feed": LAYERS.replace("def given", "\f\ndef given").replace(BODY, "    return x * w"),
    "given code deleted": LAYERS.replace("def given(x):\n    return HALF * x\n\n\n", "").replace(BODY, "    return x * w"),
    "tabs": LAYERS.replace(BODY, "    return x * w").replace("    ", "\t"),
    "tabs in one body": LAYERS.replace('    """x times w."""\n' + BODY, '\t"""x times w."""\n\tif x:\n\t\treturn x * w'),
    "tabs without docstring": LAYERS.replace('    """x times w."""\n' + BODY, "\tif x:\n\t\treturn x * w"),
    "tabs and a line broken": LAYERS.replace(BODY, "    return (\n        x\n        * w\n    )").replace("    ", "\t"),
}  # fmt: skip
