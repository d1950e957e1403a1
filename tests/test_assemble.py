"""The assembler puts answers in the place of stubs, in a copy of the student tree."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from instructor.answers import collect, find_stubs, read_package
from instructor.assemble import AssembleError, assemble, main
from instructor.names import Course
from instructor.splice import solved_modules, solved_texts

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


class Given:
    kind = "given"


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

BASICS = "def double(x, *, by=2): return by * x\ndef triple(x): return 3 * x\n"

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
    modules = [path.stem for path in sorted((out / "cs231n/nets").glob("[!_]*.py"))]
    stars = [f"from cs231n.{name} import *" for name in ("layers", *(f"nets.{m}" for m in modules))]
    code = f"{'; '.join(stars)}; print({expression})"
    run = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=out, capture_output=True, text=True, check=False
    )
    return (run.stdout or run.stderr).strip().splitlines()[-1]


def brought(out):
    """The text of the modules that came along, one after the other."""
    return "".join(path.read_text() for path in sorted((out / "cs231n").glob("_from_*.py")))


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

    def test_refuses_what_does_not_compile_there(self, solve, tree):
        text = 'class A(\n    object\n):\n    def f(self): raise NotImplementedError("TODO: A.f")\n'
        write(tree, {"cs231n/a.py": text})
        with pytest.raises(AssembleError, match=r"the answers to A\.f, .*a\.py does not compile"):
            solve("class A(dict):\n    def f(self): return 1")


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

    def test_only_restricts_the_last_folder_alone(self, solve):
        key = "def triple(x): return 1\ndef predict(x): return 2"
        out = solve(key, "def triple(x): return 3\ndef predict(x): return 4", only=["predict"])
        assert evaluate(out, "(triple(0), predict(0))") == "(1, 4)"

    def test_only_suggests_what_was_meant(self, tree):
        with pytest.raises(AssembleError, match=r"tripel is no exercise; there is triple"):
            collect([], find_stubs(tree), ["tripel"])

    def test_only_passes_over_faults_of_other_answers(self, solve):
        out = solve("def triple(y): return 1\ndef predict(x): return 2", only=["predict"])
        assert evaluate(out, "predict(0)") == "2"

    @pytest.mark.parametrize(
        ("files", "where"),
        [
            ({"a.py": "def f(a, x): pass\ntriple = f"}, r"a\.py:2: triple"),
            ({"a.py": "import functools\ntriple = functools.partial(max, 3)"}, r"a\.py:2: triple"),
            ({"a.py": "def f(x): pass", "b.py": "from a import f as triple"}, r"b\.py:1: triple"),
            (
                {"a.py": "class A:\n    def loss(self, x): pass", "b.py": "class Net(A): pass"},
                r"b\.py:1: Net\.loss",
            ),
        ],
        ids=["assigned", "a partial", "imported", "inherited"],
    )
    def test_what_is_not_defined_as_a_function_is_named(self, tree, tmp_path, files, where):
        with pytest.raises(AssembleError, match=f"{where} is not defined there, and so not taken"):
            collect([write(tmp_path / "a", files)], find_stubs(tree))

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

    def test_an_answer_of_another_kind_is_passed_over_where_one_fits(self, solve):
        files = {"a.py": "def triple(x): return 1", "b.py": "def triple(w, b): return 2"}
        assert evaluate(solve(files), "triple(0)") == "1"

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

    def test_what_is_wrong_can_be_heard_of_and_left_out(self, tree, tmp_path):
        key = write(tmp_path / "key", {"a.py": BASICS + "def predict(x): return 'key'"})
        theirs = {
            "bad.py": "class Net:\n    def norm(x)\n        return x\ndef double(x, *, by): pass",
            "a.py": "def double(x, *, by): return 2\ndef triple(y): return 3\n",
            "b.py": "def predict(x): return 1",
            "c.py": "def predict(x): return 2",
        }
        faults = []
        folders = [key, write(tmp_path / "theirs", theirs)]
        answers = collect(folders, find_stubs(tree), report=faults.append)
        assert [(each.path.name, each.id) for each in answers.values()] == [("a.py", "double")]
        assert [each.exercises for each in faults] == [("Net.norm",), ("triple",), ("predict",)]

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
        assert evaluate(solve("def double(x): return 2 * x"), "double(3, by=5)") == "6"

    @pytest.mark.parametrize(
        "signature", ["y, by", "", "by, x", "by", "x, by, z", "x, z, by=2", "*rest"]
    )
    def test_names_may_not(self, solve, signature):
        shown = re.escape(f"({signature.replace('=1', '').replace('=2', '')})")
        with pytest.raises(
            AssembleError,
            match=rf"mine\.py:1: double takes {shown}, but the exercise takes \(x, by\)",
        ):
            solve(f"def double({signature}): return 1")

    @pytest.mark.parametrize(
        ("stub", "answer", "call"),
        [
            ("x", "x, z=1", "one(5)"),
            ("x", "x, *rest, **more", "one(5)"),
            ("x, y=2", "x, z=1, y=3", "one(5, 2)"),
            ("x, *, y=2", "x, y=3, z=1", "one(5, y=2)"),
            ("x, y=2", "x, /, z=1, *, y=3", "one(5)"),
            ("x, *rest, y=2", "x, *rest, y=3, z=1", "one(5, 6, 7)"),
            ("x, **more", "x, z=1, **more", "one(5, y=2)"),
        ],
    )
    def test_extra_ones_keep_their_defaults(self, solve, tree, stub, answer, call):
        one = f'def one({stub}):\n    """One."""\n    raise NotImplementedError("TODO: one")\n'
        write(tree, {"cs231n/nets/one.py": one})
        out = solve(f"def one({answer}):\n    return {{**locals()}}\n")
        text = (out / "cs231n/nets/one.py").read_text(encoding="utf-8")
        assert text.startswith(f'def one({stub}):\n    """One."""\n')
        values = evaluate(out, call)
        expected = {"x": 5, **({"y": 2} if "y" in stub or "y" in call else {})}
        for name, value in expected.items():
            assert f"'{name}': {value}" in values
        assert ("rest" in stub) == ("(6, 7)" in values)

    def test_what_a_default_needs_is_there(self, solve):
        answer = """\
            from decimal import Decimal
            import math as m

            STEPS = [1]

            def triple(x, one=Decimal(1), steps=STEPS, pi=m.pi):
                steps.append(x)
                return one, steps, int(pi)
            """
        assert (
            evaluate(solve(answer), "[triple(2), triple(3)][1]") == "(Decimal('1'), [1, 2, 3], 3)"
        )


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
        "def given_square(x):\n    'Mine.'\n    return x * x\n"
        "def triple(x): return given_square.__module__",
        "triple(3)",
        "cs231n.layers",
    ),
    "what the stub's module imports from the course instead of a copy": (
        "def half(x): return x / 2\ndef triple(x): return half.__module__",
        "triple(3)",
        "cs231n.given",
    ),
    "an own function under the name of a given one": (
        "def half(x): return 'mine'\ndef triple(x): return half(x)",
        "triple(3)",
        "mine",
    ),
    "a given class instead of a copy, however it was changed": (
        "class Given:\n    kind = 'mine'\ndef triple(x): return Given.kind",
        "triple(3)",
        "given",
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
        out = solve("def half(x): 0\ndef _f(): return 7\ndef last(x): return half(x), _f()")
        assert "def half" not in brought(out)
        assert "def _f" in brought(out)

    def test_stands_in_a_module_of_its_own_that_the_body_imports(self, solve):
        out = solve(
            """\
            def helper(y):
                # why
                return json.dumps(double(y))

            import json, csv
            import math as m
            UNUSED = 1

            def double(x, by): pass

            def triple(x):
                # mine
                return helper(m.pi)
            """,
            only=["triple"],
        )
        assert (
            "def triple(x):\n    helper = _from_mine.helper\n    # mine\n    return helper(m.pi)\n"
        ) in layers(out)
        assert layers(out).endswith("\n\n\nimport cs231n._from_mine as _from_mine\n")
        assert brought(out) == (
            '"""What answers need of the file that they come from."""\n'
            "\n"
            "\n"
            "def helper(y):\n"
            "    double = _layers.double\n"
            "    import json\n"
            "    # why\n"
            "    return json.dumps(double(y))\n"
            "\n"
            "\n"
            "import cs231n.layers as _layers\n"
        )

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
        ("answer", "value"),
        [
            ("n = 0\ndef triple(x):\n    global n\n    n += 1\n    return n", "(1, 2)"),
            (
                "n = 0\ndef count():\n    global n\n    n += 1\n"
                "def triple(x):\n    count()\n    return n",
                "(1, 2)",
            ),
            (
                "def count():\n    global n\n    n = 1\ndef triple(x):\n    count()\n    return n",
                "(1, 1)",
            ),
            ("def start():\n    global n\n    n = 5\nstart()\ndef triple(x): return n", "(5, 5)"),
        ],
        ids=["set by the answer", "read by it", "made by a helper", "made at the start"],
    )
    def test_may_be_a_global_that_changes(self, solve, answer, value):
        assert evaluate(solve(answer), "(triple(0), triple(0))") == value


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
    "a method that is used without its name": (
        "def __call__(self, x): return 7",
        "self(x)",
        "7",
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
        with pytest.raises(AssembleError, match=r"bring a different _f to one class"):
            solve(
                {
                    "a.py": "class Net:\n    def _f(): pass\n    def norm(x): Net._f()",
                    "b.py": "class Net:\n    def _f(): 1\n    def loss(self, x): Net._f()",
                }
            )

    def test_come_from_the_answer_that_uses_them_where_they_differ(self, solve):
        key = (
            "class Net:\n"
            "    def _f(self): return 'key'\n"
            "    def norm(x): return 0\n"
            "    def loss(self, x): return self._f()\n"
        )
        theirs = "class Net:\n    def _f(self): return 1\n    def loss(self, x): return self._f()"
        assert evaluate(solve(key, theirs), "Net().loss(0)") == "1"

    def test_may_need_something_where_their_class_is_made(self, solve):
        answer = (
            "import functools\n"
            "CALLS = []\n"
            "class Net:\n"
            "    calls = CALLS\n"
            "    @functools.lru_cache\n"
            "    def _f(self): self.calls.append(1)\n"
            "    def loss(self, x): return self._f(), self._f(), CALLS\n"
        )
        assert evaluate(solve(answer), "Net().loss(2)") == "(None, None, [1])"


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
        assert evaluate(solve(STRANGER, mine), "predict(1)") == "6"

    def test_are_refused_where_the_convention_was_another(self, solve):
        other = {**STRANGER, "cs231n/nets/model.py": "def predict(x, w): return w"}
        with pytest.raises(AssembleError, match=r"predict takes \(x, w\)"):
            solve(other)


CHECKOUT = {
    "cs231n/layer_utils.py": """\
        from cs231n.layers import double, triple


        def sextuple(x):
            return triple(double(x))


        def shifted(x, by):
            return x + by
        """,
    "cs231n/guards.py": """\
        import functools


        def guarded(function):
            @functools.wraps(function)
            def call(*args, **kwargs):
                return "guarded", function(*args, **kwargs)

            return call
        """,
    "cs231n/nets/deep.py": '''\
        """Deep nets."""

        from cs231n.guards import guarded
        from cs231n.layers import double, triple

        PARTS = 1


        class Keeping:
            def save(self):
                return "given"


        class Shallow(Keeping):
            """One layer."""

            def __init__(self, width=1):
                # TODO: keep it.
                raise NotImplementedError("TODO: Shallow.__init__")

            def loss(self, x):
                # TODO: the loss.
                raise NotImplementedError("TODO: Shallow.loss")


        class Deep(object):
            """Many layers."""

            def __init__(self, width=1):
                # TODO: keep it.
                raise NotImplementedError("TODO: Deep.__init__")

            @guarded
            def train(self, x):
                """Trains."""
                # TODO: train.
                raise NotImplementedError("TODO: Deep.train")

            def loss(self, x):
                """The loss."""
                # TODO: the loss.
                raise NotImplementedError("TODO: Deep.loss")
        ''',
}

# Folders as people have them: what is in them, a call, and what that gives.
FOLDERS = {
    "2016: a sandwich more in layer_utils.py, by star": (
        {
            "cs231n/layers.py": "import math as m\n" + BASICS,
            "cs231n/layer_utils.py": """\
                from cs231n.layers import *
                from cs231n.fast_layers import *

                def sextuple(x):
                    return triple(double(x))

                def nonuple(x):
                    return triple(triple(m.floor(x)))
                """,
            "cs231n/nets/model.py": """\
                from cs231n.layers import *
                from cs231n.layer_utils import *

                def predict(x):
                    return nonuple(x), sextuple(x)
                """,
        },
        "predict(1.5)",
        "(9, 9.0)",
    ),
    "2017: a sandwich more, by name": (
        {
            "assignment2/cs231n/layers.py": BASICS,
            "assignment2/cs231n/layer_utils.py": """\
                from cs231n.layers import *

                def nonuple(x):
                    return triple(triple(x))
                """,
            "assignment2/cs231n/nets/model.py": """\
                from cs231n.layer_utils import nonuple as nine

                def predict(x):
                    return nine(x)
                """,
        },
        "predict(1)",
        "9",
    ),
    "2020: relative imports": (
        {
            "cs231n/layers.py": BASICS + "\ndef _scaled(x, by=10):\n    return by * x\n",
            "cs231n/layer_utils.py": """\
                from .layers import _scaled, triple
                from . import layers as L

                def thirtyfold(x):
                    return triple(_scaled(x)), L._scaled(x), L.double(x)
                """,
            "cs231n/nets/model.py": """\
                from ..layers import *
                from ..layer_utils import *

                def predict(x):
                    return thirtyfold(x)
                """,
        },
        "predict(1)",
        "(30, 10, 2)",
    ),
    "2025: this course's own layout, a helper in the lazy package": (
        {
            "cs231n/layers/__init__.py": """\
                from cs231n.course.lazy import lazy_names

                _HOMES = {"affine": ["double", "triple"], "mine": ["nonuple"]}
                __all__ = [name for names in _HOMES.values() for name in names]
                __getattr__ = lazy_names(__name__, _HOMES)
                """,
            "cs231n/layers/affine.py": BASICS,
            "cs231n/layers/mine.py": """\
                from cs231n.layers.affine import triple

                def nonuple(x):
                    return triple(triple(x))
                """,
            "cs231n/nets/model.py": """\
                from cs231n.layers import nonuple

                def predict(x):
                    return nonuple(x)
                """,
        },
        "predict(1)",
        "9",
    ),
    "three assignments: the nearest file is meant": (
        {
            "assignment1/cs231n/layer_utils.py": "def mine(x):\n    return 1\n",
            "assignment2/cs231n/layer_utils.py": "def mine(x):\n    return 2\n",
            "assignment1/cs231n/layers.py": """\
                from cs231n.layer_utils import mine

                def triple(x):
                    return mine(x)
                """,
            "assignment2/cs231n/nets/model.py": """\
                from cs231n.layer_utils import mine

                def predict(x):
                    return mine(x)
                """,
        },
        "(triple(0), predict(0))",
        "(1, 2)",
    ),
    "the folder is the package": (
        {
            "layers.py": "from cs231n.mine import nine\ndef triple(x): return nine()\n",
            "mine.py": "def nine(): return 9\n",
            "nets/model.py": "from ..mine import *\ndef predict(x): return nine()\n",
        },
        "(triple(0), predict(0))",
        "(9, 9)",
    ),
    "a flat folder that imports from beside": (
        {
            "layers.py": BASICS + "\ndef nonuple(x):\n    return triple(triple(x))\n",
            "model.py": "from layers import *\ndef predict(x): return nonuple(double(x))\n",
        },
        "predict(1)",
        "18",
    ),
    "a utils.py at the top, by name": (
        {
            "utils.py": """\
                from collections import Counter

                def most_common(values):
                    return Counter(values).most_common(1)[0][0]
                """,
            "cs231n/layers.py": """\
                from utils import most_common

                def triple(x):
                    return most_common(x)
                """,
        },
        "triple([1, 2, 2])",
        "2",
    ),
    "a utils.py, as a module": (
        {
            "cs231n/utils.py": """\
                import no_such_module
                import math

                SCALE = 10

                def scaled(x):
                    return SCALE * math.floor(x)

                def unused(x):
                    return no_such_module.f(x)
                """,
            "cs231n/layers.py": """\
                from cs231n import utils
                import cs231n.utils as u

                def triple(x):
                    return utils.scaled(x), u.SCALE
                """,
        },
        "triple(1.5)",
        "(10, 10)",
    ),
    "a package of one's own": (
        {
            "my_helpers/__init__.py": "from .norms import *\nfrom . import more\n",
            "my_helpers/norms.py": """\
                from my_helpers.more import EPS
                __all__ = ["_norm"]

                def _norm(x):
                    return abs(x) + EPS
                """,
            "my_helpers/more.py": "EPS = 0.5\n",
            "cs231n/layers.py": """\
                import my_helpers
                import my_helpers.norms as n
                from my_helpers import more, _norm

                def triple(x):
                    return my_helpers._norm(x), n._norm(x), more.EPS, _norm(x), my_helpers.more.EPS
                """,
        },
        "triple(-1)",
        "(1.5, 1.5, 0.5, 1.5, 0.5)",
    ),
    "a module that is handed around": (
        {
            "rules.py": "def sgd(x): return x - 1\ndef adam(x): return x - 2\n",
            "cs231n/layers.py": """\
                import rules

                def triple(x):
                    return [getattr(rules, name)(x) for name in ("sgd", "adam")]
                """,
        },
        "triple(5)",
        "[4, 3]",
    ),
    "helpers in a circle of files": (
        {
            "even.py": "import odd\ndef is_even(n): return n == 0 or odd.is_odd(n - 1)\n",
            "odd.py": "import even\ndef is_odd(n): return n > 0 and even.is_even(n - 1)\n",
            "layers.py": "from even import is_even\ndef triple(x): return is_even(x)\n",
        },
        "(triple(4), triple(5))",
        "(True, False)",
    ),
    "numpy by star": (
        {
            "layers.py": """\
                from numpy import *

                def triple(x):
                    rows = array([[1.0, 2.0], [3.0, 4.0]])
                    return sum(rows, axis=0).tolist(), float(exp(0)), len(rows), int(max([x, 1]))
                """
        },
        "triple(0)",
        "([4.0, 6.0], 1.0, 2, 1)",
    ),
    "numpy by star, in a helper's file": (
        {
            "utils.py": """\
                from numpy import *

                def norm(x):
                    return float(sqrt(sum(square(x))))
                """,
            "layers.py": "from utils import *\ndef triple(x): return norm(x), len(x), ndim(x)\n",
        },
        "triple([3, 4])",
        "(5.0, 2, 1)",
    ),
    "numpy by star after math: the later one counts": (
        {
            "layers.py": """\
                from math import floor, gcd
                from numpy import *
                from numpy import ndim as floor_of

                def shape(x):
                    return "mine"

                def triple(x):
                    return floor(x).tolist(), shape(x), floor_of(x)
                """
        },
        "triple([1.5, 2.5])",
        "([1.0, 2.0], 'mine', 1)",
    ),
    "a star import that may fail": (
        {
            "layers.py": """\
                try:
                    from no_such_module import *
                except ImportError:
                    def fast(x):
                        return "slow", x

                def triple(x):
                    return fast(x)
                """
        },
        "triple(1)",
        "('slow', 1)",
    ),
    "a random generator: made once": (
        {
            "layers.py": """\
                import random
                RNG = random.Random(0)

                def triple(x):
                    return RNG.random()
                """
        },
        "triple(0) != triple(0)",
        "True",
    ),
    "a counter that two exercises share": (
        {
            "all.py": """\
                import itertools

                _ids = itertools.count()
                seen = {}

                def double(x, by=2):
                    seen[x] = next(_ids)
                    return seen

                def predict(x):
                    return double(x), next(_ids), seen
                """
        },
        "(predict(5), double(6))",
        "(({5: 0, 6: 2}, 1, {5: 0, 6: 2}), {5: 0, 6: 2})",
    ),
    "a global of a helper": (
        {
            "layers.py": """\
                calls = 0

                def count():
                    global calls
                    calls += 1
                    return calls

                def triple(x):
                    return count()
                """
        },
        "(triple(0), triple(0))",
        "(1, 2)",
    ),
    "tables that are filled later on": (
        {
            "layers.py": """\
                import math

                TABLE, SIZES, ORDER = {}, [], [2, 1]
                TABLE["sqrt"] = math.sqrt
                for size in range(3):
                    SIZES.append(size)
                ORDER.sort()
                print(ORDER)

                def register(function):
                    TABLE[function.__name__] = function
                    return function

                @register
                def half(x):
                    return x / 2

                register(abs)

                def triple(x):
                    return sorted(TABLE), TABLE["sqrt"](x), SIZES, ORDER

                if __name__ == "__main__":
                    SIZES.clear()
                """
        },
        "triple(4)",
        "(['abs', 'half', 'sqrt'], 2.0, [0, 1, 2], [1, 2])",
    ),
    "a table of other exercises": (
        {
            "cs231n/layers.py": BASICS,
            "cs231n/nets/model.py": """\
                from ..layers import *

                STEPS = {"double": double, "triple": triple}

                def predict(x):
                    return STEPS["triple"](STEPS["double"](x))
                """,
        },
        "predict(1)",
        "6",
    ),
    "a decorator": (
        {
            "cs231n/timing.py": """\
                import functools

                LOG = []

                def timed(log=None, name="?"):
                    def decorate(function):
                        @functools.wraps(function)
                        def call(*args):
                            LOG.append(name)
                            return function(*args), len(LOG)
                        return call
                    return decorate
                """,
            "cs231n/layers.py": """\
                from .timing import *
                NAME = "triple"

                @timed(print, name=NAME)
                def triple(x):
                    return 3 * x, LOG
                """,
        },
        "(triple(1), triple(1), triple.__name__)",
        "(((3, ['triple', 'triple']), 1), ((3, ['triple', 'triple']), 2), 'triple')",
    ),
    "a decorator of another package, called by a helper as well": (
        {
            "layers.py": """\
                import functools

                @functools.lru_cache(maxsize=None)
                def triple(x):
                    return [x]

                @functools.lru_cache
                def cached(x):
                    return triple(x)

                def predict(x):
                    return cached(x) is cached(x) is triple(x)
                """
        },
        "predict(1)",
        "True",
    ),
    "a decorator that the stub has already": (
        {
            "deep.py": """\
                from cs231n import guards

                class Deep:
                    @guards.guarded
                    def train(self, x):
                        return x
                """
        },
        "Deep.train(None, 1)",
        "('guarded', 1)",
    ),
    "a base class": (
        {
            "cs231n/nets/deep.py": """\
                from ..layers import *
                from .mixins import *

                class Deep(Named, Sized, object):
                    def __init__(self, width=1):
                        super(Deep, self).__init__(width)

                    def loss(self, x):
                        return self.name(), self.size, self.area(2)
                """,
            "cs231n/nets/mixins.py": """\
                from ..layers import triple

                class Base(object):
                    def __init__(self, width):
                        self.size = triple(width)

                class Sized(Base):
                    def area(self, height):
                        return self.size * height

                class Named:
                    def name(self):
                        return type(self).__name__
                """,
            "cs231n/layers.py": BASICS,
        },
        "(Deep(2).loss(0), Deep.__doc__)",
        "(('Deep', 6, 12), 'Many layers.')",
    ),
    "a base class of another package": (
        {
            "deep.py": """\
                from collections import UserDict

                class Deep(UserDict):
                    def __init__(self, width=1):
                        super().__init__(width=width)

                    def loss(self, x):
                        return self["width"] + x
                """
        },
        "Deep(2).loss(3)",
        "5",
    ),
    "the course's own class as the base": (
        {
            "deep.py": """\
                from cs231n.nets import deep as given

                class Deep(given.Deep):
                    def loss(self, x):
                        return x
                """,
            "shallow.py": """\
                from cs231n.nets.deep import Shallow as Given

                class Shallow(Given):
                    def loss(self, x):
                        return x
                """,
        },
        "(Deep.__bases__, Shallow.__bases__, Deep.loss(0, 1))",
        "((<class 'object'>,), (<class 'cs231n.nets.deep.Keeping'>,), 1)",
    ),
    "a class that inherits from another exercise's": (
        {
            "nets.py": """\
                class Shallow(object):
                    scale = 2

                    def __init__(self, width=1):
                        self.width = width

                    def _scaled(self, x):
                        return self.scale * x * self.width

                    def loss(self, x):
                        return x

                class Deep(Shallow):
                    def __init__(self, width=1):
                        super().__init__(width + 1)

                    def loss(self, x):
                        return self._scaled(Shallow.loss(self, x))
                """
        },
        "Deep(2).loss(5)",
        "30",
    ),
    "state of another file, and of another package, that is changed from here": (
        {
            "config.py": "TABLE = {}\nSCALE = 1\nRULES = []\n",
            "layers.py": """\
                import json
                import math as m

                import config
                from config import RULES, TABLE

                json.old = 5
                m.tau = 6
                TABLE["here"] = 1
                RULES.append("rule")
                config.SCALE = 10

                def triple(x):
                    return json.old, m.tau, TABLE, RULES, config.SCALE
                """,
        },
        "triple(0)",
        "(5, 6, {'here': 1}, ['rule'], 10)",
    ),
    "a name by star that means something else in the stub's module": (
        {
            "utils.py": "from random import Random as m\nEPS = 9\n",
            "layers.py": "from utils import *\ndef triple(x): return EPS, m.__name__, half(x)\n",
        },
        "triple(1)",
        "(9, 'Random', 0.5)",
    ),
    "a folder without an __init__.py": (
        {
            "my_helpers/norms.py": "def norm(x): return abs(x)\n",
            "layers.py": """\
                from my_helpers import norms
                from my_helpers.norms import norm

                def triple(x):
                    return norms.norm(x), norm(x)
                """,
        },
        "triple(-1)",
        "(1, 1)",
    ),
    "an extra parameter of the constructor": (
        {
            "deep.py": """\
                import numpy as np

                class Deep(object):
                    def __init__(self, width=1, dtype=np.float32, verbose=False):
                        self.W = np.ones(width).astype(dtype)

                    def loss(self, x):
                        return str(self.W.dtype)
                """
        },
        "(Deep(2).loss(0), Deep().loss(0), len(Deep(width=3).W))",
        "('float32', 'float32', 3)",
    ),
    "imports inside of functions": (
        {
            "cs231n/columns.py": "def columns(x):\n    return x, 'columns'\n",
            "cs231n/layers.py": """\
                def helper(x):
                    from .columns import (
                        columns as c,
                    ); from cs231n.layers import triple
                    return c(triple(x))

                def double(x, by=2):
                    if x: from .columns import columns; from math import floor
                    import json
                    from cs231n.guards import guarded
                    try:
                        from .compiled import fast
                    except ImportError:
                        fast = floor
                    return columns(fast(x)), helper(x), json.dumps(x)

                def triple(x):
                    return 3 * x
                """,
        },
        "double(1.5)",
        "((1, 'columns'), (4.5, 'columns'), '1.5')",
    ),
    "Python 2's names, where they are needed and where not": (
        {
            "layers.py": """\
                from __future__ import print_function
                from builtins import range
                from past.builtins import xrange
                import cPickle as pickle
                import six.moves.cPickle as pickle
                try:
                    from cs231n.im2col_cython import im2col_cython
                except ImportError:
                    print("run python setup.py build_ext --inplace")
                    im2col_cython = None

                def load(name):
                    return pickle.load(name)

                def triple(x):
                    return sum(range(x)), im2col_cython
                """
        },
        "triple(3)",
        "(3, None)",
    ),
    "an own function under the name of a given one, with other arguments": (
        {
            "cs231n/layer_utils.py": """\
                def sextuple(x, y):
                    return "mine", x, y

                def shifted(x, by):
                    return "mine"
                """,
            "cs231n/nets/model.py": """\
                from cs231n.layer_utils import *

                def predict(x):
                    return sextuple(x, 2), shifted(x, 2)
                """,
        },
        "predict(1)",
        "(('mine', 1, 2), 3)",
    ),
    "lambdas, default arguments, annotations": (
        {
            "layers.py": """\
                from __future__ import annotations
                from typing import TYPE_CHECKING
                import functools as ft

                if TYPE_CHECKING:
                    from nowhere import Array

                UNIT = 1
                inc = lambda x, by=UNIT: x + by
                inc2 = ft.partial(inc, by=2)

                def helper(x: Array, f=lambda x: inc(x)) -> list[Array]:
                    return [inc2(f(x)) for _ in range(UNIT)]

                def triple(x: Array) -> Array:
                    return helper(x)
                """
        },
        "triple(1)",
        "[4]",
    ),
    "a decorator under a name that the course uses otherwise": (
        {
            "layers.py": """\
                from functools import cache as m

                @m
                def triple(x):
                    return [x]
                """
        },
        "triple(1) is triple(1)",
        "True",
    ),
    "decorators of one name and different meaning": (
        {
            "a.py": "from functools import cache as c\n@c\ndef double(x, by=2): return [x]\n",
            "b.py": "from atexit import register as c\n@c\ndef triple(x=0): return [x]\n",
        },
        "(double(1) is double(1), triple(1) is triple(1))",
        "(True, False)",
    ),
    "a decorator that knows other exercises": (
        {
            "layers.py": """\
                def checked(function, like=triple):
                    def call(*args):
                        return function(*args), like(args[0])
                    return call

                @checked
                def double(x, by=2):
                    return x * by

                def triple(x):
                    return 3 * x
                """
        },
        "(double(1), double.__name__, double(1, by=3))",
        "((2, 3), 'double', (3, 3))",
    ),
    "a decorator of the class itself": (
        {
            "deep.py": """\
                class Deep:
                    def twice(function):
                        return lambda self, x: [function(self, x)] * 2

                    @twice
                    def loss(self, x):
                        return x
                """
        },
        "(Deep.loss(Deep.__new__(Deep), 1), Deep.loss.__doc__)",
        "([1, 1], 'The loss.')",
    ),
    "a metaclass": (
        {
            "deep.py": """\
                import abc

                class Deep(object, metaclass=abc.ABCMeta):
                    def loss(self, x):
                        return x
                """
        },
        "type(Deep).__name__",
        "ABCMeta",
    ),
    "a dataclass": (
        {
            "deep.py": """\
                from dataclasses import dataclass, field

                @dataclass
                class Cache:
                    x: float
                    parts: list = field(default_factory=list)

                @dataclass(order=True)
                class Deep:
                    depth: int = 2

                    def loss(self, x):
                        return Cache(x, [self.depth])
                """
        },
        "(Deep.loss(Deep.__new__(Deep), 1), Deep.__new__(Deep) <= Deep.__new__(Deep))",
        "(Cache(x=1, parts=[2]), True)",
    ),
    "files that import all of each other": (
        {
            "a.py": "K = 5\nfrom layers import *\ndef f(x): return K * x\n",
            "layers.py": "from a import *\ndef triple(x): return f(x)\n",
        },
        "triple(2)",
        "10",
    ),
    "members that the course's class inherits": (
        {
            "shallow.py": """\
                class Shallow:
                    def save(self):
                        return "mine"

                    def loss(self, x):
                        return self.save()
                """
        },
        "Shallow.loss(Shallow.__new__(Shallow), 1)",
        "given",
    ),
    "decorated methods that call each other upwards": (
        {
            "nets.py": """\
                def log(method):
                    return lambda self, *args: ("log", method(self, *args))

                class Shallow:
                    @log
                    def loss(self, x):
                        return x

                class Deep(Shallow):
                    @log
                    def loss(self, x):
                        return super().loss(x)
                """
        },
        "Deep.loss(Deep.__new__(Deep), 1)",
        "('log', ('log', 1))",
    ),
    "an answer that is replaced": (
        {"layers.py": "def triple(x): return x\ntriple = abs\n"},
        "triple(-3)",
        "3",
    ),
    "an answer that is wrapped afterwards": (
        {
            "layers.py": """\
                def log(function):
                    return lambda *args: ("logged", function(*args))

                def triple(x): return 3 * x

                triple = log(triple)
                """
        },
        "triple(1)",
        "('logged', 3)",
    ),
    "an answer that keeps what it knows as an attribute": (
        {
            "layers.py": """\
                def triple(x):
                    triple.calls += 1
                    return triple.calls

                triple.calls = 0
                """
        },
        "(triple(0), triple(0))",
        "(1, 2)",
    ),
    "an answer that is a lambda": (
        {"layers.py": "import math\ntriple = lambda x: math.floor(3 * x)\n"},
        "triple(1.5)",
        "4",
    ),
    "an answer in a block": (
        {
            "layers.py": """\
                import sys

                if sys.version_info < (3,):
                    def triple(x):
                        return "old"
                else:
                    def triple(x):
                        return double(x, by=3)

                def double(x, by=2):
                    return by * x

                try:
                    from no_such_module import njit
                except ImportError:
                    def njit(function):
                        return function
                """
        },
        "triple(1)",
        "3",
    ),
    "an answer that fills its default with what it has seen": (
        {"layers.py": "def triple(x, seen=[]):\n    seen.append(x)\n    return list(seen)\n"},
        "(triple(1), triple(2))",
        "([1], [1, 2])",
    ),
    "a memory of one's own, by recursion": (
        {
            "layers.py": """\
                import functools

                @functools.lru_cache(maxsize=None)
                def triple(x):
                    return x and 3 + triple(x - 1)
                """
        },
        "triple(200)",
        "600",
    ),
    "a notebook as a script": (
        {
            "FullyConnected.py": """\
                #!/usr/bin/env python
                # coding: utf-8

                # In[1]:

                import time
                import math as m
                import no_plots as plt
                from cs231n.layers import *

                get_ipython().run_line_magic('matplotlib', 'inline')
                plt.rcParams['image.cmap'] = 'gray'

                def rel_error(x, y):
                    return abs(x - y) / max(1e-8, EPS, abs(x) + abs(y))

                EPS = 0.25
                data = load_everything()
                for k, v in list(data.items()):
                    print('%s: ' % k, v.shape)

                # In[2]:

                def triple(x):
                    return rel_error(3 * x, 2 * x)

                assert triple(data) < 1
                solver = Solver(data, triple)
                solver.train()
                plt.plot(solver.losses)
                print('error: ', rel_error(triple(data), EPS))
                """
        },
        "triple(1)",
        "0.2",
    ),
    "one big file, with a script at its end": (
        {
            "answers.py": """\
                import math, sys, json as j

                SCALE = 1

                class Config(dict):
                    __getattr__ = dict.__getitem__

                CONFIG = Config(by=3)

                def _helper(x, *, by):
                    def inner(y):
                        return [CONFIG.by * z * SCALE for z in [y]][0]
                    return inner(x) + by - by

                def double(x, *, by=2):
                    return by * x

                def triple(x):
                    return _helper(x, by=double(x, by=7))

                class Net:
                    unit = SCALE

                    def norm(x):
                        return math.sqrt(x * x) * Net.unit

                    def loss(self, x):
                        return triple(self.norm(x)) + self._more

                    @property
                    def _more(self):
                        return CONFIG.by

                def predict(x):
                    return Net().loss(x)

                if __name__ == "__main__":
                    SCALE = 100
                    CONFIG.clear()
                    print(predict(1))
                """
        },
        "(predict(-2), triple(1))",
        "(9.0, 3)",
    ),
    "the published imports, and numpy without another name": (
        {
            "cs231n/layers.py": """\
                from __future__ import print_function, division
                from builtins import range
                from past.builtins import xrange
                import numpy

                def triple(x):
                    return int(numpy.sum(numpy.array([x] * 3)))
                """,
            "cs231n/nets/model.py": """\
                from builtins import object
                import numpy as np

                from cs231n.layers import *
                from cs231n.layer_utils import *

                def predict(x):
                    return int(np.float64(sextuple(x) and triple(x)))
                """,
            "mine/double.py": "def double(x, by): return by * x\n",
        },
        "predict(2)",
        "6",
    ),
    "type hints that are not to be evaluated, in a class": (
        {
            "deep.py": """\
                from __future__ import annotations
                from typing import TYPE_CHECKING, Optional
                if TYPE_CHECKING:
                    from nowhere import Array

                class Deep:
                    def _f(self, x: Optional[Array]) -> Array:
                        return x

                    def loss(self, x: Array, more: Array = None) -> Array:
                        return self._f(x)
                """
        },
        "Deep.loss(Deep.__new__(Deep), 1)",
        "1",
    ),
    "mixins from several files": (
        {
            "cs231n/mixins.py": """\
                from .layers import double

                class Doubling:
                    factor = 2

                    def act(self, x):
                        return double(x, by=self.factor)

                class Loud:
                    def act(self, x):
                        return ("loud", super().act(x))
                """,
            "cs231n/layers.py": BASICS,
            "cs231n/nets/deep.py": """\
                from ..mixins import Doubling, Loud

                class Shallow(Loud, Doubling):
                    def loss(self, x):
                        return self.act(x)

                class Deep(Shallow):
                    factor = 5

                    def loss(self, x):
                        return super().loss(x), super(Deep, self).loss(x)
                """,
        },
        "Deep.loss(Deep.__new__(Deep), 1)",
        "(('loud', 5), ('loud', 5))",
    ),
    "tabs, and tabs and spaces": (
        {
            "layers.py": "def helper(x):\n\tif x:\n\t    return 3\n\treturn 1\n\n"
            "def triple(x):\n\ty = (x *\n  \t  helper(x))\n# left\n\tfor i in range(2):\n"
            "\t\ty += i\n\treturn y\n"
        },
        "triple(2)",
        "7",
    ),
    "a mark at the start of the file, and Windows' ends of lines": (
        {
            "layers.py": "\ufeffdef helper(x):\r\n    return 3 * x\r\n\r\ndef triple(x):\r\n"
            "    return helper(x)\r\n"
        },
        "triple(2)",
        "6",
    ),
    "a mistake in the use of names that Python itself would find": (
        {"layers.py": "def helper(x): return nowhere(x)\ndef triple(x): return helper(x)\n"},
        "triple(1)",
        "NameError: name 'nowhere' is not defined",
    ),
}

REFUSED = {
    "a name of a module that is nowhere": (
        {"cs231n/layers.py": "from .mine import f\ndef triple(x): return f(x)\n"},
        r"cs231n/layers\.py:1: f is neither in the course nor below .*answers0$",
    ),
    "a name of a module that lacks it": (
        {"mine.py": "", "layers.py": "from mine import f\ndef triple(x): return f(x)\n"},
        r"layers\.py:1: f is neither in the course nor below",
    ),
    "a star of a module that is nowhere": (
        {"layers.py": "from cs231n.mine import *\ndef triple(x): return f(x)\n"},
        r"layers\.py:1: f, perhaps of `from cs231n\.mine import \*`, is neither",
    ),
    "a star of a package that is not installed": (
        {"layers.py": "from no_such_module import *\ndef triple(x): return f(x)\n"},
        r"layers\.py:1: f, perhaps of `from no_such_module import \*`, is neither",
    ),
    "a dotted module of one's own": (
        {
            "mine/f.py": "def f(): pass\n",
            "layers.py": "import mine.f\ndef triple(x): return mine.f.f()\n",
        },
        r"layers\.py:1: `import mine\.f`: import it with `as` or `from`",
    ),
    "a star import of one's own in a block": (
        {
            "mine.py": "def f(): pass\n",
            "layers.py": """\
                try:
                    from mine import *
                except ImportError:
                    f = None
                def triple(x): return f()
                """,
        },
        r"layers\.py:2: `from mine import \*` inside of a block: import names instead",
    ),
    "a helper's file that does not parse": (
        {
            "zelpers.py": "def f(x)\n    return x\n",
            "layers.py": "from zelpers import f\ndef triple(x): return f(x)\n",
        },
        r"zelpers\.py:1: ",
    ),
    "a base class under a name that is taken": (
        {
            "deep.py": "from enum import Enum as PARTS\n"
            "class Deep(PARTS):\n    def loss(self, x): pass\n"
        },
        r"deep\.py:3: Deep\.loss needs PARTS where its class is made, and PARTS means something",
    ),
    "a base class that stands below": (
        {"nets.py": "class Deep: pass\nclass Shallow(Deep):\n    def loss(self, x): return x\n"},
        r"nets\.py:3: Shallow\.loss needs Deep where its class is made, and that stands below it",
    ),
    "a base class that needs the module of the answer": (
        {
            "nets.py": """\
                class Wide(Shallow): pass
                class Deep(Wide):
                    def loss(self, x): return x
                class Shallow:
                    def loss(self, x): return x
                """
        },
        r"nets\.py:3: with Deep\.loss, Deep needs Wide .* and that needs cs231n\.nets\.deep first",
    ),
    "a global that changes behind a method": (
        {
            "deep.py": """\
                n = 0
                class Deep:
                    def loss(self, x):
                        global n
                        n += 1
                """
        },
        r"deep\.py:3: Deep\.loss needs `global n`",
    ),
    "globals by their texts": (
        {"layers.py": "K = 3\ndef triple(x): return globals()['K']\n"},
        r"layers\.py:2: what globals\(\) gives cannot be told and brought along",
    ),
    "a class that is changed from outside": (
        {"deep.py": "class Deep:\n    def loss(self, x): return self.k\nDeep.k = 5\n"},
        r"deep\.py:3: Deep\.loss is no plain method of a class",
    ),
    "a method that is replaced": (
        {"deep.py": "class Deep:\n    def loss(self, x): return x\n    loss = print\n"},
        r"deep\.py:2: Deep\.loss is no plain method of a class",
    ),
    "a class in a block": (
        {"deep.py": "if True:\n    class Deep:\n        def loss(self, x): return x\n"},
        r"deep\.py:3: Deep\.loss is no plain method of a class",
    ),
    "a name that two files import from each other": (
        {
            "a.py": "from b import f\n",
            "b.py": "from a import f\n",
            "layers.py": "from a import f\ndef triple(x): return f(x)\n",
        },
        r"b\.py:1: f is neither",
    ),
    "different bases of one class": (
        {
            "a.py": "class Deep(dict):\n    def train(self, x): return x\n",
            "b.py": "class Deep(list):\n    def loss(self, x): return x\n",
        },
        r"b\.py:2 and .*a\.py:2 bring different bases to one class",
    ),
}


class TestFoldersOfAnswers:
    """As people have them, of many years and habits."""

    @pytest.fixture(autouse=True)
    def checkout(self, tree):
        write(tree, CHECKOUT)

    @pytest.mark.parametrize(("files", "expression", "value"), FOLDERS.values(), ids=FOLDERS.keys())
    def test_work(self, solve, files, expression, value):
        assert evaluate(solve(files), expression) == value

    @pytest.mark.parametrize(("files", "complaint"), REFUSED.values(), ids=REFUSED.keys())
    def test_are_refused(self, solve, files, complaint):
        with pytest.raises(AssembleError, match=complaint):
            solve(files)


# What a file does to its own names while it is read: files, and a call.
AS_WRITTEN = {
    "a table that a function of a function fills": (
        {
            "layers.py": """\
                T = {}
                def fill(): _fill()
                def _fill(): T["a"] = 1
                fill()
                def triple(x): return T
                """
        },
        "triple(0)",
    ),
    "a list that a comprehension fills": (
        {"layers.py": "T = []\n[T.append(i) for i in range(3)]\ndef triple(x): return T\n"},
        "triple(0)",
    ),
    "a list that an assignment shortens": (
        {"layers.py": "T = [1, 2, 3]\nlast = T.pop()\ndef triple(x): return T\n"},
        "triple(0)",
    ),
    "a table under two names": (
        {"layers.py": "T = {}\nalias = T\nalias['k'] = 1\ndef triple(x): return T\n"},
        "triple(0)",
    ),
    "a table that a loop and a condition fill": (
        {
            "layers.py": """\
                T = [1]
                while len(T) < 3:
                    T.append(len(T))
                if len(T) == 3:
                    T += [7]
                def triple(x): return T
                """
        },
        "triple(0)",
    ),
    "a generator that was used": (
        {
            "layers.py": """\
                import random
                rng = random.Random(0)
                W = [rng.random() for _ in range(2)]
                skipped = rng.random()
                rng.shuffle(W)
                def triple(x): return W, rng.random()
                """
        },
        "[triple(0), triple(0)]",
    ),
    "a registry of functions": (
        {
            "layers.py": """\
                class Registry(dict):
                    def add(self, function):
                        self[function.__name__] = function
                        return function
                registry = Registry()
                @registry.add
                def square(x): return x * x
                @registry.add
                def triple(x): return sorted(registry), registry["square"](x)
                """
        },
        "triple(3)",
    ),
    "a registry of classes": (
        {
            "layers.py": """\
                KINDS = {}
                def register(name):
                    def mark(kind):
                        KINDS[name] = kind
                        return kind
                    return mark
                @register("a")
                class A:
                    value = 1
                class Base:
                    heirs = []
                    def __init_subclass__(cls): Base.heirs.append(cls.__name__)
                class B(Base): pass
                def triple(x): return KINDS["a"].value, Base.heirs
                """
        },
        "triple(0)",
    ),
    "a class that is changed": (
        {
            "layers.py": """\
                class C:
                    table = {}
                C.table.update(a=1)
                C.size = 5
                setattr(C, "more", 6)
                def triple(x): return C.table, C.size, C.more
                """
        },
        "triple(0)",
    ),
    "a function with a memory of its own": (
        {
            "layers.py": """\
                def fib(n):
                    if n not in fib.memo:
                        fib.memo[n] = fib(n - 1) + fib(n - 2)
                    return fib.memo[n]
                fib.memo = {0: 0, 1: 1}
                def triple(x): return fib(x)
                """
        },
        "triple(30)",
    ),
    "a value taken over from a file where it changes": (
        {
            "config.py": "N = 1\ndef grow():\n    global N\n    N += 1\n    return N\n",
            "layers.py": "from config import N, grow\ndef triple(x): return N, grow()\n",
        },
        "[triple(0), triple(0)]",
    ),
    "names that are bound twice": (
        {
            "u.py": "k = 1\ndef f(x): return 'u'\ndef max(*args): return 'own'\n",
            "v.py": "k = 2\n",
            "layers.py": """\
                def f(x): return "mine"
                from u import *
                from v import *
                def g(x): return 1
                h = g
                def g(x): return 2
                def triple(x): return f(x), k, g(x), h(x), max(1, 2)
                """,
        },
        "triple(0)",
    ),
    "members that a class body makes": (
        {
            "deep.py": """\
                import sys
                class Deep:
                    table = {}
                    table["a"] = 1
                    table.update(b=2)
                    for i in range(2):
                        table[i] = i
                    if sys.version_info > (3,):
                        def _f(self): return "new"
                    else:
                        def _f(self): return "old"
                    _g = _f
                    def __init__(self, width=1): pass
                    def loss(self, x):
                        return self.table, self._g(), [getattr(self, "_" + c)() for c in "fg"]
                """
        },
        "Deep().loss(0)",
    ),
    "a property with a setter": (
        {
            "deep.py": """\
                class Deep:
                    def __init__(self, width=1): self.w = width
                    @property
                    def w(self): return self._w
                    @w.setter
                    def w(self, value): self._w = 2 * value
                    def loss(self, x): return self.w
                """
        },
        "Deep(3).loss(0)",
    ),
    "an abstract base": (
        {
            "deep.py": """\
                from abc import ABC, abstractmethod
                class Model(ABC):
                    @abstractmethod
                    def loss(self, x): ...
                    def twice(self, x): return [self.loss(x)] * 2
                class Deep(Model):
                    def __init__(self, width=1): pass
                    def loss(self, x): return x
                """
        },
        "Deep().twice(1)",
    ),
}


class TestTheTruth:
    """What an answer gives in the solved tree is what it gives in its own folder."""

    @pytest.fixture(autouse=True)
    def checkout(self, tree):
        write(tree, CHECKOUT)

    @pytest.mark.parametrize(("files", "call"), AS_WRITTEN.values(), ids=AS_WRITTEN.keys())
    def test_is_told(self, solve, tmp_path, files, call):
        stars = "; ".join(f"from {name[:-3]} import *" for name in files)
        folder = write(tmp_path / "alone", files)
        alone = [sys.executable, "-B", "-c", f"{stars}; print({call})"]
        run = subprocess.run(alone, cwd=folder, capture_output=True, text=True, check=True)
        assert evaluate(solve(files), call) == run.stdout.strip()


class TestManyTrees:
    """One course, read once, serves any number of calls."""

    def test_come_from_one_course(self, tree, tmp_path):
        answers = collect(
            [write(tmp_path / "a", STRANGER), write(tmp_path / "b", {"b.py": BASICS})],
            find_stubs(tree),
        )
        expected = {id: solved_modules(tree, {id: answers[id]}) for id in answers}
        course = Course(read_package(tree))
        shutil.rmtree(tree)
        for id in [*answers, *answers]:
            assert solved_texts(course, {id: answers[id]}) == expected[id]

    def test_hold_what_fits_together(self, tree, tmp_path):
        texts = {
            "a.py": "class Net:\n    def _f(): pass\n    def norm(x): Net._f()\n",
            "b.py": "class Net:\n    def _f(): 1\n    def loss(self, x): Net._f()\n",
            "c.py": "from lost import f\ndef triple(x): return f(x)\n",
            "lost.py": "from .nowhere import f\n",
            "d.py": "def predict(x): return x\n",
        }
        answers = collect([write(tmp_path / "a", texts)], find_stubs(tree))
        faults = []
        solved = solved_modules(tree, answers, faults.append)
        assert [each.exercises for each in faults] == [("triple",), ("Net.loss",)]
        assert set(solved) == {Path("cs231n/layers.py"), Path("cs231n/nets/model.py")}
        assert "Net._f()" in solved[Path("cs231n/layers.py")]

    def test_name_each_file_that_comes_along_once(self, tree, tmp_path):
        write(tree, {"cs231n/_from_a_b.py": ""})
        helped = "def _f(x): return {}\ndef {}(x): return _f(x)\n"
        files = {
            "a-b.py": helped.format(1, "triple"),
            "a b/__init__.py": helped.format(2, "predict"),
        }
        answers = collect([write(tmp_path / "a", files)], find_stubs(tree))
        names = [path.name for path in solved_modules(tree, answers)]
        assert names == ["layers.py", "model.py", "_from_a_b_2.py", "_from_a_b_3.py"]


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

    def test_says_what_the_last_folder_was_asked_for_and_lacks(
        self, tree, tmp_path, answers, capsys
    ):
        key = write(tmp_path / "key", {"key.py": BASICS})
        folders = ["--answers", str(key), "--answers", str(answers)]
        out = tmp_path / "out"
        assert main([*folders, "--only", "predict", "double", "--out", str(out)], tree) == 0
        said = capsys.readouterr()
        assert said.out == f"3 of 5 exercises answered -> {out}\n"
        assert said.err == f"{answers} does not answer double\n"

    @pytest.fixture
    def faulty(self, tmp_path):
        files = {
            "bad.py": "def double(x, *, by):\n    return (\n",
            "a.py": "from nowhere import f\ndef triple(y): return 1\ndef predict(x): return f(x)",
            "net.py": "n = 0\nclass Net:\n    def loss(self, x): global n; n = 1\n"
            "    def norm(x): pass\n",
        }
        return write(tmp_path / "faulty", files)

    def test_says_what_is_left_out_and_why(self, tree, tmp_path, faulty, capsys):
        out = tmp_path / "out"
        assert main(["--answers", str(faulty), "--out", str(out)], tree) == 0
        said = capsys.readouterr()
        assert said.out == f"2 of 5 exercises answered -> {out}\n"
        assert said.err.splitlines() == [
            f"{faulty}/bad.py:2: '(' was never closed (left out: double)",
            f"{faulty}/a.py:2: triple takes (y), but the exercise takes (x) (left out: triple)",
            f"{faulty}/net.py:3: Net.loss needs `global n`, and in a class a global that "
            "changes cannot come along (left out: Net.loss)",
        ]
        assert set(find_stubs(out)) == {"double", "triple", "Net.loss"}

    def test_takes_nobody_elses_answer_for_one_that_is_left_out(self, tree, tmp_path, faulty):
        key = write(tmp_path / "key", {"key.py": BASICS})
        out = tmp_path / "out"
        main(["--answers", str(key), "--answers", str(faulty), "--out", str(out)], tree)
        assert set(find_stubs(out)) == {"double", "triple", "Net.loss"}

    @pytest.mark.parametrize("name", ["bad.py", "a.py", "net.py"])
    def test_writes_all_or_nothing_where_that_is_asked_for(
        self, tree, tmp_path, faulty, answers, capsys, name
    ):
        folders = ["--answers", str(answers), "--answers", str(faulty / name)]
        assert main([*folders, "--strict", "--out", str(tmp_path / "out")], tree) == 1
        said = capsys.readouterr()
        assert (said.out, len(said.err.splitlines())) == ("", 1)
        assert not (tmp_path / "out").exists()

    def test_writes_nothing_where_nothing_fits(self, tree, tmp_path, faulty, capsys):
        write(faulty, {"net.py": "class Net:\n    def loss(self, x): global n; n = 1\nn = 0"})
        out = tmp_path / "out"
        assert main(["--answers", str(faulty / "net.py"), "--out", str(out)], tree) == 1
        assert "Net.loss needs `global n`" in capsys.readouterr().err
        assert not out.exists()

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
