"""The assembler puts answers in the place of stubs, in a copy of the student tree."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from instructor.answers import collect, find_stubs
from instructor.assemble import AssembleError, assemble, main

ROOT = Path(__file__).resolve().parent.parent

LAYERS = '''\
"""Layers of a small course."""

import math as m

from cs231n.given import half

EPS = 0.5


def double(x: float, *, by=2):
    """Twice x.

    Nothing else.
    """
    # TODO: one line
    # is enough.
    raise NotImplementedError("TODO: double")


def triple(x):
    # TODO: three times x.
    raise NotImplementedError("TODO: triple")


def given_square(x):
    return x * x


class Net:
    """A net."""

    size = 3

    def __init__(self, width=1):
        self.width = width

    def given_area(self):
        return self.width * self.size

    @staticmethod
    def norm(x):
        """The length of x."""
        # TODO: a root.
        raise NotImplementedError("TODO: Net.norm")

    def loss(self, x):
        """The loss."""
        # TODO: use self.width.
        raise NotImplementedError("TODO: Net.loss")
'''

MODEL = '''\
"""A model."""


def predict(x):
    """Six times x."""
    # TODO: double and triple.
    raise NotImplementedError("TODO: predict")
'''

FILES = {
    "README.md": "The course.\n",
    "get_datasets.sh": "#!/bin/sh\n",
    "notebooks/01.ipynb": "{}\n",
    "notebooks/output/plot.txt": "scrap\n",
    "notebooks/.ipynb_checkpoints/01.ipynb": "{}\n",
    "instructor/solutions/key.py": "def triple(x):\n    return 3 * x\n",
    "tests/test_course.py": "",
    "cs231n.egg-info/PKG-INFO": "",
    "cs231n/__init__.py": "",
    "cs231n/__pycache__/old.pyc": "",
    "cs231n/given.py": "def half(x):\n    return x / 2\n\n\ndef unhelped(x):\n    return -x\n",
    "cs231n/layers.py": LAYERS,
    "cs231n/nets/__init__.py": "",
    "cs231n/nets/model.py": MODEL,
    "datasets/README.md": "Data.\n",
    "datasets/cifar10.sha256": "0  data\n",
    "datasets/cifar-10-batches-bin/test_batch.bin": "pixels",
    "datasets/else.npz": "scrap",
}


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def tree(tmp_path):
    folder = write(tmp_path / "course", FILES)
    (folder / "get_datasets.sh").chmod(0o755)
    return folder


@pytest.fixture
def solve(tree, tmp_path):
    """Assembles answers, given as files or as the text of one file, and returns the folder."""

    def solve(*answers, only=None):
        out = tmp_path / "out"
        folders = [
            write(
                tmp_path / f"answers{number}", {"mine.py": each} if isinstance(each, str) else each
            )
            for number, each in enumerate(answers)
        ]
        assemble(collect(folders, find_stubs(tree), only), out, tree)
        return out

    return solve


def layers(out):
    return (out / "cs231n/layers.py").read_text(encoding="utf-8")


def evaluate(out, expression):
    """What an expression gives (as text) where the assembled package is imported."""
    code = f"from cs231n.layers import *; from cs231n.nets.model import *; print({expression})"
    run = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=out, capture_output=True, text=True, check=False
    )
    return (run.stdout or run.stderr).strip().splitlines()[-1]


def digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path} {path.stat().st_mode} {path.stat().st_mtime_ns}".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


class TestStubs:
    def test_are_found_by_qualified_name(self, tree):
        assert list(find_stubs(tree)) == ["double", "triple", "Net.norm", "Net.loss", "predict"]

    def test_know_their_place(self, tree):
        stub = find_stubs(tree)["predict"]
        assert (stub.path, stub.line) == (tree / "cs231n/nets/model.py", 4)

    @pytest.mark.parametrize(
        "text",
        [
            "def f(x):\n    return x",
            "def f(x):\n    raise NotImplementedError",
            "def f(x):\n    raise NotImplementedError('abstract')",
            "def f(x):\n    raise ValueError('TODO: f')",
            "def f(x):\n    x += 1\n    raise NotImplementedError('TODO: f')",
        ],
    )
    def test_are_nothing_else(self, tmp_path, text):
        assert find_stubs(write(tmp_path, {"cs231n/a.py": text})) == {}

    @pytest.mark.parametrize("second", ["a.py", "b.py"])
    def test_stand_once(self, tmp_path, second):
        stub = 'def f(x):\n    raise NotImplementedError("TODO: f")\n'
        write(tmp_path, {"cs231n/a.py": stub})
        text = stub if second == "b.py" else stub + "\n\n" + stub
        write(tmp_path, {f"cs231n/{second}": text})
        with pytest.raises(AssembleError, match=rf"f stands twice: .*a\.py:1 and .*{second}:\d"):
            find_stubs(tmp_path)

    @pytest.mark.parametrize("message", ["TODO: g", "TODO", "TODO: Net.f"])
    def test_name_themselves(self, tmp_path, message):
        text = f"def f(x):\n    raise NotImplementedError({message!r})\n"
        write(tmp_path, {"cs231n/a.py": text})
        with pytest.raises(AssembleError, match=r"a\.py:1: the stub of f names"):
            find_stubs(tmp_path)


class TestSplicing:
    def test_replaces_the_body_and_nothing_else(self, solve):
        out = solve("def triple(x):\n    return 3 * x  # as asked\n")
        stub = '    # TODO: three times x.\n    raise NotImplementedError("TODO: triple")\n'
        assert layers(out) == LAYERS.replace(stub, "    return 3 * x  # as asked\n")

    def test_keeps_signature_and_docstring_of_the_stub(self, solve):
        out = solve('def double(x, *, by=7):\n    """Mine."""\n    return by * x\n')
        head = LAYERS[LAYERS.index("def double") : LAYERS.index("    # TODO: one line")]
        assert head + "    return by * x\n" in layers(out)
        assert "is enough" not in layers(out)

    def test_keeps_decorators_of_the_stub(self, solve):
        out = solve("class Net:\n    def norm(x):\n        return abs(x)\n")
        assert "    @staticmethod\n    def norm(x):\n" in layers(out)

    def test_keeps_comments_and_formatting_of_the_answer(self, solve):
        body = (
            "    # First,\n\n    #think.\n    y = [ 1,2 ]  # as (I) like\n\n    return 3*x # so\n"
        )
        assert "def triple(x):\n" + body in layers(solve(f"def triple(x):\n\n{body}"))

    @pytest.mark.parametrize(
        ("answer", "body"),
        [
            ("def triple(x): return 3 * x", "    return 3 * x\n"),
            ("def triple(x): y = 3; return y * x  # ok", "    y = 3; return y * x  # ok\n"),
            ("def triple(\n  # é\n  x): return 3 * x", "    return 3 * x\n"),
            ('def triple(x):\n  """é"""; return 3 * x', "    return 3 * x\n"),
            ('def triple(x):\n  """\n  """; return 3 * x', "    return 3 * x\n"),
            ('def triple(x):\n  """\n  # 1"""\n  return 3 * x', "    return 3 * x\n"),
            (
                "def triple(x):\n  if x:\n    x *= 3\n  return x",
                "    if x:\n      x *= 3\n    return x\n",
            ),
            ("def triple(x):\n\treturn (3\n* x)", "    return (3\n    * x)\n"),
            ("def triple(x):\n  @abs\n  def y(): pass", "    @abs\n    def y(): pass\n"),
            ('def triple(x):\n    """Only words."""', "    pass\n"),
        ],
        ids=[
            "one line",
            "semicolon",
            "late",
            "after a docstring",
            "after a long docstring",
            "after a docstring like a comment",
            "narrow",
            "tab",
            "decorator",
            "empty",
        ],
    )
    def test_indents_as_the_stub_does(self, solve, answer, body):
        assert f"def triple(x):\n{body}\n\ndef given_square" in layers(solve(answer))

    @pytest.mark.parametrize("prefix", ["", "f"])
    def test_leaves_the_inside_of_strings_alone(self, solve, prefix):
        text = f"def triple(x):\n  y = {prefix}'''a\n  b\nc'''\n  return y\n"
        assert evaluate(solve(text), "repr(triple(1))") == repr("a\n  b\nc")

    def test_moves_a_method_deeper(self, solve):
        text = "class Net:\n  def loss(self, x):\n    if x:\n      return '''1\n 2'''\n"
        assert "        if x:\n          return '''1\n 2'''\n" in layers(solve(text))

    def test_fills_several_stubs_of_one_module(self, solve):
        out = solve("def triple(x): return 3 * x\ndef double(x, *, by): return by * x")
        assert evaluate(out, "double(triple(5))") == "30"

    def test_fills_a_stub_on_one_line(self, solve, tree):
        write(tree, {"cs231n/one.py": 'def one(): raise NotImplementedError("TODO: one")'})
        out = solve("def one():\n    return 1")
        assert (out / "cs231n/one.py").read_text() == "def one():\n    return 1"

    def test_refuses_what_does_not_compile_there(self, solve):
        answer = """\
            try:
                from math import *
                ready = True
            except ImportError:
                ready = False

            def triple(x):
                return ready
            """
        with pytest.raises(
            AssembleError, match=r"mine\.py:7: .*triple.*layers\.py does not compile"
        ):
            solve(answer)


class TestChoice:
    def test_later_folders_win(self, solve):
        out = solve("def triple(x): return 1", "def triple(x): return 2")
        assert evaluate(out, "triple(0)") == "2"

    def test_a_stub_is_no_answer(self, solve):
        stub = 'def triple(x):\n    """Doc."""\n    raise NotImplementedError("TODO: triple")'
        assert evaluate(solve("def triple(x): return 1", stub), "triple(0)") == "1"

    def test_the_last_definition_of_a_file_counts(self, solve):
        out = solve("def triple(x): return 1\ndef triple(x): return 2")
        assert evaluate(out, "triple(0)") == "2"

    def test_what_is_not_answered_stays_a_stub(self, solve, tree):
        assert list(find_stubs(solve("def triple(x): return 1"))) == [
            each for each in find_stubs(tree) if each != "triple"
        ]

    def test_only_restricts_the_answers(self, solve):
        out = solve("def triple(x): return 1\ndef predict(x): return 2", only=["predict"])
        assert "triple" in find_stubs(out)
        assert "predict" not in find_stubs(out)

    def test_only_suggests_what_was_meant(self, tree):
        with pytest.raises(AssembleError, match=r"tripel is no exercise; there is triple"):
            collect([], find_stubs(tree), ["tripel"])

    def test_only_passes_over_faults_of_other_answers(self, solve):
        out = solve("def triple(y): return 1\ndef predict(x): return 2", only=["predict"])
        assert evaluate(out, "predict(0)") == "2"

    def test_functions_inside_functions_are_no_answers(self, tree, tmp_path):
        answers = write(tmp_path / "a", {"a.py": "def f():\n    def triple(x): return 1"})
        assert collect([answers], find_stubs(tree)) == {}

    def test_a_folder_may_be_one_file(self, tree, tmp_path):
        answers = write(
            tmp_path, {"a.py": "def triple(x): return 1", "b.py": "def predict(x): pass"}
        )
        assert set(collect([answers / "a.py"], find_stubs(tree))) == {"triple"}

    def test_the_file_that_mirrors_the_stub_wins_within_a_folder(self, solve):
        out = solve({"a/layers.py": "def triple(x): return 1", "b.py": "def triple(x): return 2"})
        assert evaluate(out, "triple(0)") == "1"

    def test_two_answers_in_one_folder_are_refused(self, solve):
        message = r"triple is answered more than once: .*a\.py:1 and .*b\.py:1"
        with pytest.raises(AssembleError, match=message):
            solve({"a.py": "def triple(x): return 1", "b.py": "def triple(x): return 2"})

    @pytest.mark.parametrize(
        "place",
        [
            ".git/a.py",
            ".a.py",
            "__pycache__/a.py",
            ".ipynb_checkpoints/a.py",
            "v/site-packages/a.py",
        ],
    )
    def test_what_nobody_wrote_is_passed_over(self, tree, tmp_path, place):
        answers = write(tmp_path / "a", {place: "not Python", "b.txt": "def triple(x): return 1"})
        assert collect([answers], find_stubs(tree)) == {}

    def test_a_missing_folder_is_named(self, tree, tmp_path):
        with pytest.raises(AssembleError, match="nowhere does not exist"):
            collect([tmp_path / "nowhere"], find_stubs(tree))

    @pytest.mark.parametrize(
        ("content", "where"),
        [
            (b"x = 1\nprint 'old'\n", r"bad\.py:2"),
            (b"x = 1\nreturn x\n", r"bad\.py:2"),
            (b"x = '\xff'\n", r"bad\.py"),
            (b"# coding: klingon\n", r"bad\.py"),
            (b"x = 1\0\n", r"bad\.py"),
        ],
        ids=["Python 2", "misplaced", "no text", "no encoding", "null"],
    )
    def test_a_broken_file_is_named(self, tree, tmp_path, content, where):
        (tmp_path / "a").mkdir()
        (tmp_path / "a/bad.py").write_bytes(content)
        with pytest.raises(AssembleError, match=where):
            collect([tmp_path / "a"], find_stubs(tree))

    def test_a_careless_escape_is_no_fault(self, solve):
        assert evaluate(solve(r"def triple(x): return len('\d')"), "triple(0)") == "2"

    def test_other_encodings_are_read(self, solve, tmp_path):
        text = "# coding: latin-1\ndef triple(x): return 'é'"
        path = tmp_path / "answers0/old.py"
        path.parent.mkdir()
        path.write_bytes(text.encode("latin-1"))
        assert evaluate(solve({}), "ascii(triple(0))") == r"'\xe9'"


class TestParameters:
    @pytest.mark.parametrize(
        "signature", ["x, *, by", "x, by=3", "x: int, *, by: int = 5", "x, /, by"]
    )
    def test_defaults_and_annotations_may_differ(self, solve, signature):
        assert evaluate(solve(f"def double({signature}): return by"), "double(0)") == "2"

    def test_a_last_one_with_a_default_may_be_missing(self, solve):
        solved = solve("def double(x): return 2 * x")
        assert evaluate(solved, "double(3, by=5)") == "6"

    @pytest.mark.parametrize(
        "signature", ["y, by", "", "by, x", "by", "x, by, z=1", "x, by, *rest"]
    )
    def test_names_may_not(self, solve, signature):
        shown = re.escape(f"({signature.replace('=1', '')})")
        with pytest.raises(
            AssembleError,
            match=rf"mine\.py:1: double takes {shown}, but the exercise takes \(x, by\)",
        ):
            solve(f"def double({signature}): return 1")


COMES_ALONG = {
    "an import": ("import json\ndef triple(x): return json.dumps(x)", "triple([])", "[]"),
    "an import under another name": (
        "from os.path import basename as last\ndef triple(x): return last(x)",
        "triple('a/b')",
        "b",
    ),
    "submodules of one package": (
        "import xml.dom\nimport xml.sax\ndef triple(x): return xml.dom and xml.sax.__name__",
        "triple(0)",
        "xml.sax",
    ),
    "a name that means something else in the stub's module": (
        "import cmath as m\ndef triple(x): return m.sqrt(x)",
        "triple(-1)",
        "1j",
    ),
    "helpers, in turn, in any order": (
        "def triple(x): return _a(x)\ndef _a(x): return _b(x) * N\ndef _b(x): return x + 1\nN = 3",
        "triple(1)",
        "6",
    ),
    "a recursive helper": (
        "def _sum(n): return n and n + _sum(n - 1)\ndef triple(x): return _sum(x)",
        "triple(3)",
        "6",
    ),
    "a helper's decorator, default and import": (
        """\
        import functools
        from operator import mul

        START = 2

        @functools.lru_cache
        def helper(x, y=START):
            return mul(x, y)

        def triple(x):
            return helper(x)
        """,
        "triple(3)",
        "6",
    ),
    "a class": (
        "class Box:\n    n = 3\n\ndef triple(x): return x * Box().n",
        "triple(2)",
        "6",
    ),
    "a constant of several lines": (
        'A = 1; WORDS = """a\n  b"""; B = 2\ndef triple(x): return WORDS',
        "repr(triple(0))",
        repr("a\n  b"),
    ),
    "a constant that is built in steps": (
        "N = 1\nN += 2\ndef triple(x): return N * x",
        "triple(2)",
        "6",
    ),
    "an import with an alternative": (
        "try:\n    from past import xrange\nexcept ImportError:\n    xrange = range\n"
        "def triple(x): return sum(x for _ in xrange(3))",
        "triple(2)",
        "6",
    ),
    "what a nested function or comprehension uses": (
        "N = 3\ndef triple(x):\n    def f(): return [N for _ in 'a']\n    return f()",
        "triple(0)",
        "[3]",
    ),
    "a helper beside a parameter of its name": (
        "x = 5\ndef f(): return x\ndef triple(x): return f() + x",
        "triple(1)",
        "6",
    ),
    "a helper's import beside a local of its name": (
        "import math as m\ndef f(): return m.pi > 3\ndef triple(x):\n    m = f()\n    return m",
        "triple(1)",
        "True",
    ),
    "two helpers beside locals of their names": (
        "A = B = 1\ndef f(): return A\ndef g(): return B\n"
        "def triple(x):\n    A = B = 5\n    return f() + g() + A + B",
        "triple(1)",
        "12",
    ),
    "the given code of the stub's module instead of a copy": (
        "def given_square(x): return 'copy'\ndef triple(x): return given_square(x)",
        "triple(3)",
        "9",
    ),
    "what the stub's module imports from the course instead of a copy": (
        "def half(x): return 'copy'\ndef triple(x): return half(x)",
        "triple(3)",
        "1.5",
    ),
    "given code by a relative import": (
        "from .somewhere import half\ndef triple(x): return half(x)",
        "triple(3)",
        "1.5",
    ),
    "other given code of the course": (
        "from cs231n.given import unhelped\ndef triple(x): return unhelped(x)",
        "triple(3)",
        "-3",
    ),
    "given code by a star import": (
        "from .given import *\ndef triple(x): return unhelped(half(x))",
        "triple(3)",
        "-1.5",
    ),
    "the student tree's other exercises": (
        "def double(x, *, by): return 'tree'\n"
        "def triple(x): return 3\n"
        "def predict(x): return double(x, by=2)",
        "predict(1)",
        "tree",
    ),
    "other exercises by a star import": (
        "from ..layers import *\ndef predict(x): return triple(x) and Net(4).given_area()",
        "predict(1)",
        "NotImplementedError: TODO: triple",
    ),
    "a class of the course with its exercises": (
        "class Net:\n    def loss(self, x): return x\n\ndef predict(x): return Net(4).given_area()",
        "predict(1)",
        "12",
    ),
    "something else under the name of an exercise": (
        "from math import sqrt as double\ndef predict(x): return double(x)",
        "predict(4)",
        "2.0",
    ),
    "nothing that the answer's own module lacks": (
        "def predict(x): return double(x)",
        "predict(4)",
        "NameError: name 'double' is not defined",
    ),
    "the wish for the old division": (
        "from __future__ import division\ndef triple(x): return division if x else 1",
        "triple(0)",
        "1",
    ),
}


class TestWhatComesAlong:
    @pytest.mark.parametrize(
        ("answer", "expression", "value"), COMES_ALONG.values(), ids=COMES_ALONG.keys()
    )
    def test_is(self, solve, answer, expression, value):
        assert evaluate(solve(answer), expression) == value

    def test_is_found_through_star_imports_of_the_tree(self, solve, tree):
        (tree / "cs231n/given.py").write_text(
            "from cs231n.more import *\ndef _f(): 1\ndef half(x): 0"
        )
        stub = "def last(x):\n    raise NotImplementedError('TODO: last')\n"
        write(tree, {"cs231n/more.py": "from cs231n.given import *\n" + stub})
        out = solve("def half(x): return 5\ndef _f(): return 7\ndef last(x): return half(x), _f()")
        text = (out / "cs231n/more.py").read_text()
        assert "def half" not in text
        assert "def _f" in text

    def test_stands_in_the_body_with_imports_first(self, solve):
        out = solve(
            """\
            def helper(y):
                # why
                return json.dumps(y)

            import json, csv
            import math as m
            UNUSED = 1

            def triple(x):
                # mine
                return helper(m.pi)
            """
        )
        assert (
            "def triple(x):\n"
            "    import json\n"
            "    def helper(y):\n"
            "        # why\n"
            "        return json.dumps(y)\n"
            "    # mine\n"
            "    return helper(m.pi)\n"
        ) in layers(out)

    def test_may_have_the_same_name_in_two_answers(self, solve):
        out = solve(
            {
                "a.py": "def _f(x): return 2 * x\ndef double(x, *, by): return _f(x)",
                "b.py": "def _f(x): return 3 * x\ndef triple(x): return _f(x)",
            }
        )
        assert evaluate(out, "(double(1), triple(1))") == "(2, 3)"

    def test_does_not_break_another_exercise_where_a_module_is_missing(self, solve):
        out = solve(
            "import no_such_module, json\n"
            "def double(x, *, by): return no_such_module\n"
            "def triple(x): return json.dumps(x)\n"
        )
        assert evaluate(out, "triple(1)") == "1"
        assert "No module named 'no_such_module'" in evaluate(out, "double(1)")

    @pytest.mark.parametrize(
        "answer",
        [
            "n = 0\ndef count():\n    global n\n    n += 1\ndef triple(x): count()",
            "n = 0\ndef triple(x):\n    global n\n    n += 1",
        ],
        ids=["in a helper", "in the answer"],
    )
    def test_is_no_global_that_changes(self, solve, answer):
        with pytest.raises(AssembleError, match=r"mine\.py:\d: triple needs `global n`"):
            solve(answer)


MEMBERS = {
    "a method": ("def _f(self, x): return x + self.width", "self._f(x)", "3"),
    "a method on one line that needs an import": (
        "def _f(self, x): return ceil(x)",
        "self._f(x)",
        "2",
    ),
    "a static method": ("@staticmethod\n    def _f(x): return -x", "Net._f(x)", "-2"),
    "a class method": (
        "@classmethod\n    def _f(cls, x): return cls.size * x",
        "self._f(x)",
        "6",
    ),
    "a property": ("@property\n    def _f(self): return self.width", "self._f", "1"),
    "a private name": ("def __f(self): return 7", "self.__f()", "7"),
    "methods in turn": (
        "def _g(self): return 5\n    def _f(self): return self._g()",
        "self._f()",
        "5",
    ),
    "a constant that a default needs": (
        "_n = 4\n    def _f(self, n=_n): return n",
        "self._f()",
        "4",
    ),
    "what a default takes from the stub's module": (
        "def _f(self, e=m.e): return e > 2",
        "self._f()",
        "True",
    ),
    "the given method instead of a copy": (
        "def given_area(self): return 0",
        "self.given_area()",
        "3",
    ),
}


class TestMembersThatComeAlong:
    @pytest.mark.parametrize(("member", "call", "value"), MEMBERS.values(), ids=MEMBERS.keys())
    def test_are(self, solve, member, call, value):
        answer = (
            "import math as m\n"
            "from math import ceil\n"
            "class Net:\n"
            f"    {member}\n"
            f"    def loss(self, x): return {call}\n"
        )
        assert evaluate(solve(answer), "Net().loss(2)") == value

    def test_stand_after_the_method(self, solve):
        out = solve(
            'class Net:\n  def _f(self):\n    """Doc."""\n    # why\n    return 1\n\n'
            "  def unused(self): pass\n\n  def loss(self, x): return self._f()\n"
        )
        assert (
            "        return self._f()\n"
            "\n"
            "    def _f(self):\n"
            '      """Doc."""\n'
            "      # why\n"
            "      return 1\n"
        ) in layers(out)

    def test_stand_once_where_two_methods_use_them(self, solve):
        out = solve(
            "class Net:\n"
            "    def _f(x): return x\n"
            "    def norm(x): return Net._f(x)\n"
            "    def loss(self, x): return Net._f(x)\n"
        )
        assert layers(out).count("def _f") == 1

    def test_may_not_differ_between_answers(self, solve):
        with pytest.raises(AssembleError, match=r"different methods Net\._f"):
            solve(
                {
                    "a.py": "class Net:\n    def _f(): pass\n    def norm(x): Net._f()",
                    "b.py": "class Net:\n    def _f(): 1\n    def loss(self, x): Net._f()",
                }
            )

    def test_may_not_need_what_the_class_cannot_see(self, solve):
        with pytest.raises(AssembleError, match=r"mine\.py:\d: _f comes along .* needs functools"):
            solve(
                "import functools\n"
                "class Net:\n"
                "    @functools.lru_cache\n"
                "    def _f(self): pass\n"
                "    def loss(self, x): return self._f()\n"
            )


STRANGER = {
    "cs231n/__init__.py": "",
    "cs231n/layers.py": '''\
        from builtins import range
        import math as m


        def triple(x):
            """
            Computes it thrice.

            Inputs:
            - x: a number
            """
            out = None
            ###########################################################
            # TODO: compute it.                                       #
            ###########################################################
            # *****START OF YOUR CODE*****

            out = 0
            for i in range(3):
              out += x

            # *****END OF YOUR CODE*****
            ###########################################################
            #                    END OF YOUR CODE                     #
            ###########################################################
            return out


        def double(x, by=2):
            pass


        class Net(object):
            def __init__(self, width=10):
                self.width = None

            def loss(self, x, y=None):
                return self.width
        ''',
    "cs231n/nets/__init__.py": "from cs231n.nets.model import *\n",
    "cs231n/nets/model.py": """\
        from __future__ import print_function

        from builtins import range
        from past.builtins import xrange
        from ..layers import *


        def predict(x):
            print(m.floor(x))
            return double(triple(x))
        """,
}


class TestAStrangersAnswers:
    def test_work_with_their_markers_and_imports(self, solve):
        out = solve(STRANGER, only=["triple", "double", "predict"])
        assert evaluate(out, "triple(4)") == "12"
        assert "    # *****START OF YOUR CODE*****\n" in layers(out)

    def test_use_the_student_trees_other_exercises(self, solve):
        mine = "def double(x, *, by): return 2 * x\ndef triple(x): return 3 * x"
        out = solve(STRANGER, mine, only=["triple", "double", "predict"])
        assert evaluate(out, "predict(1)") == "6"

    def test_are_refused_where_the_convention_was_another(self, solve):
        with pytest.raises(AssembleError, match=r"Net\.loss takes \(self, x, y\)"):
            solve(STRANGER)


class TestTheCopy:
    def test_leaves_the_student_tree_alone(self, solve, tree):
        before = digest(tree)
        solve(STRANGER, only=["triple"])
        assert digest(tree) == before

    def test_holds_what_a_learner_gets(self, solve):
        out = solve("def triple(x): return 1")
        names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        assert names - {"datasets/cifar-10-batches-bin/test_batch.bin"} == {
            "README.md",
            "get_datasets.sh",
            "notebooks/01.ipynb",
            "cs231n/__init__.py",
            "cs231n/given.py",
            "cs231n/layers.py",
            "cs231n/nets/__init__.py",
            "cs231n/nets/model.py",
            "datasets/README.md",
            "datasets/cifar10.sha256",
        }

    def test_keeps_file_modes(self, solve):
        assert os.access(solve("def triple(x): return 1") / "get_datasets.sh", os.X_OK)

    def test_can_be_read_by_whoever_can_read_the_tree(self, solve, tree):
        assert solve("def triple(x): return 1").stat().st_mode == tree.stat().st_mode

    def test_links_the_data(self, solve, tree):
        link = solve("def triple(x): return 1") / "datasets/cifar-10-batches-bin"
        assert link.readlink() == tree / "datasets/cifar-10-batches-bin"

    def test_copies_the_data_where_links_are_impossible(self, solve, monkeypatch):
        def refuse(*args, **kwargs):
            raise OSError("no links here")

        monkeypatch.setattr(Path, "symlink_to", refuse)
        data = solve("def triple(x): return 1") / "datasets/cifar-10-batches-bin"
        assert not data.is_symlink()
        assert (data / "test_batch.bin").read_text() == "pixels"

    def test_may_fill_an_empty_folder(self, solve, tmp_path):
        (tmp_path / "out").mkdir()
        assert (solve("def triple(x): return 1") / "README.md").is_file()

    def test_makes_the_folders_above_it(self, tree, tmp_path):
        assemble({}, tmp_path / "a/b/c", tree)
        assert (tmp_path / "a/b/c/README.md").is_file()

    @pytest.mark.parametrize("content", ["file", "folder"])
    def test_overwrites_nothing(self, solve, tmp_path, content):
        write(tmp_path, {"out": "mine"} if content == "file" else {"out/mine.txt": "mine"})
        with pytest.raises(AssembleError, match="out is in the way"):
            solve("def triple(x): return 1")

    @pytest.mark.parametrize("place", [".", "solved", "cs231n/deep/er", "..", "../..", "../link"])
    def test_does_not_overlap_the_tree(self, tree, place):
        (tree / "../link").symlink_to(tree)
        with pytest.raises(AssembleError, match="overlaps the student tree"):
            assemble({}, tree / place, tree)

    def test_leaves_nothing_where_writing_fails(self, tree, tmp_path, monkeypatch):
        def refuse(*args, **kwargs):
            raise OSError("disk full")

        monkeypatch.setattr("instructor.assemble.shutil.copytree", refuse)
        before = set(tmp_path.iterdir())
        with pytest.raises(OSError, match="disk full"):
            assemble({}, tmp_path / "out", tree)
        assert set(tmp_path.iterdir()) == before


class TestCommandLine:
    @pytest.fixture
    def answers(self, tmp_path):
        return write(tmp_path / "a", {"a.py": "def triple(x): return 1\ndef predict(x): return 2"})

    @pytest.mark.parametrize(
        ("only", "count"),
        [((), 2), (("--only", "triple"), 1), (("--only", "triple", "Net.loss"), 1)],
    )
    def test_says_what_it_did(self, tree, tmp_path, answers, capsys, only, count):
        out = tmp_path / "out"
        assert main(["--answers", str(answers), *only, "--out", str(out)], tree) == 0
        assert capsys.readouterr().out == f"{count} of 5 exercises answered -> {out}\n"

    def test_says_which_folder_answers_nothing(self, tree, tmp_path, answers, capsys):
        (tmp_path / "idle").mkdir()
        folders = ["--answers", str(tmp_path / "idle"), "--answers", str(answers)]
        assert main([*folders, "--out", str(tmp_path / "out")], tree) == 0
        assert capsys.readouterr().err == f"{tmp_path / 'idle'} answers none of the exercises\n"

    def test_writes_nothing_where_nothing_is_answered(self, tree, tmp_path, capsys):
        (tmp_path / "idle").mkdir()
        out = tmp_path / "out"
        assert main(["--answers", str(tmp_path / "idle"), "--out", str(out)], tree) == 1
        assert not out.exists()
        assert "answers none of the exercises" in capsys.readouterr().err

    def test_shows_an_error_as_one_line(self, tree, tmp_path, answers, capsys):
        assert main(["--answers", str(answers), "--out", str(tree)], tree) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_knows_the_answer_key(self, tmp_path):
        command = ["-m", "instructor.assemble", "--answers", "solutions", "--out"]
        run = subprocess.run(
            [sys.executable, "-B", *command, tmp_path / "out"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        count = len(find_stubs(ROOT))
        assert run.stdout == f"{count} of {count} exercises answered -> {tmp_path / 'out'}\n"
        assert find_stubs(tmp_path / "out") == {}
