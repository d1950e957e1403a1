"""A wrong answer is the key's answer with one place edited."""

import pytest

from instructor.answers import answers_below, find_stubs
from instructor.edits import mistakes_of
from instructor.source import AssembleError

STUB = """
import numpy as np


def affine(x, w, b):
    # TODO: a product and a sum.
    raise NotImplementedError("TODO: affine")


class Net:
    def sizes(self, layers):
        # TODO: a loop.
        raise NotImplementedError("TODO: Net.sizes")
"""

KEY = '''
import numpy as np


def helper(x):
    return x.reshape(len(x), -1)


def affine(x, w, b):
    # Pixels in a row.
    rows = helper(x)
    return rows @ w + b, (x, w, b)


class Net:
    def sizes(self, layers):
        """How large each layer is."""
        total = 0
        for layer in layers:
            for array in layer:
                total += array.size

                print(total)
        return total

    def other(self):
        return 1
'''


@pytest.fixture
def stubs(tmp_path):
    (tmp_path / "tree/cs231n").mkdir(parents=True)
    (tmp_path / "tree/cs231n/net.py").write_text(STUB)
    return find_stubs(tmp_path / "tree")


@pytest.fixture
def read(stubs, tmp_path):
    def read_it(toml, exercise="affine"):
        path = tmp_path / f"{exercise}.toml"
        path.write_text(toml)
        return mistakes_of(path, stubs)

    return read_it


@pytest.fixture
def wrong(read, stubs, tmp_path):
    """The key's file with the only mistake of a TOML text made in it."""
    (tmp_path / "key.py").write_text(KEY)
    keys = answers_below(tmp_path / "key.py", stubs)

    def wrong_it(toml, exercise="affine"):
        (mistake,) = read(f'[slug]\nsays = "It is wrong."\n{toml}', exercise).values()
        return mistake.answer(keys[exercise])

    return wrong_it


def test_a_file_holds_several_mistakes(read):
    mistakes = read("""
        # Wrong answers.
        [bias_forgotten]
        says = "b is missing"
        old = " + b"
        new = ""

        [zeros]
        says = "everything is zero"
        body = "return 0, (x, w, b)"
        """)
    assert list(mistakes) == ["bias_forgotten", "zeros"]
    assert mistakes["bias_forgotten"].says == "b is missing"
    assert str(mistakes["zeros"]) == "affine-zeros"


def test_a_part_of_a_line_is_edited_and_nothing_else(wrong):
    toml = "old = ' + b,'\nnew = ','"
    assert wrong(toml) == KEY.replace("rows @ w + b, ", "rows @ w, ")


def test_a_comment_belongs_to_the_body(wrong):
    assert wrong("old = 'Pixels'\nnew = 'All'") == KEY.replace("Pixels", "All")


def test_a_method_is_edited(wrong):
    toml = "old = 'array.size'\nnew = 'len(array)'"
    assert wrong(toml, "Net.sizes") == KEY.replace("array.size", "len(array)")


def test_a_line_gets_into_a_loop(wrong):
    toml = "old = 'return total'\nnew = '    return total'"
    assert wrong(toml, "Net.sizes") == KEY.replace("return total", "    return total")


@pytest.mark.parametrize("indent", ["", "    ", " " * 20])
def test_several_lines_match_at_whatever_depth_they_are_written(wrong, indent):
    toml = (
        f"old = '''\n{indent}for array in layer:\n{indent}    total += array.size\n'''\n"
        f"new = '''\n{indent}size = len(layer)\n{indent}if size:\n{indent}    total += size\n"
        f"{indent}for array in layer:\n'''"
    )
    before = """
            for array in layer:
                total += array.size
"""
    after = """
            size = len(layer)
            if size:
                total += size
            for array in layer:
"""
    assert wrong(toml, "Net.sizes") == KEY.replace(before, after)


def test_a_blank_line_matches_a_blank_line(wrong):
    toml = "old = '''\ntotal += array.size\n\nprint(total)\n'''\nnew = 'total += 1'"
    before = "total += array.size\n\n                print(total)"
    assert wrong(toml, "Net.sizes") == KEY.replace(before, "total += 1")


def test_lines_move_out_of_a_loop(wrong):
    toml = "old = '''\n    total += array.size\n'''\nnew = '''\n    pass\ntotal += 1\n'''"
    before = "                total += array.size\n"
    after = "                pass\n            total += 1\n"
    assert wrong(toml, "Net.sizes") == KEY.replace(before, after)


def test_new_lines_are_indented_like_the_line_that_they_take_the_place_of(wrong):
    toml = "old = 'total += array.size'\nnew = '''\nif array.size:\n    total += 1\n'''"
    before = "                total += array.size\n"
    after = "                if array.size:\n                    total += 1\n"
    assert wrong(toml, "Net.sizes") == KEY.replace(before, after)


def test_lines_are_whole_where_old_has_several(wrong):
    with pytest.raises(AssembleError, match="occurs 0x"):
        wrong("old = '''\nrows = helper(x)\nreturn rows @ w\n'''\nnew = 'return 0'")


def test_several_places_are_edited(wrong):
    toml = "old = ['helper(x)', ' + b']\nnew = ['x', '']"
    assert wrong(toml) == KEY.replace("rows = helper(x)", "rows = x").replace(" + b", "")


def test_a_body_takes_the_place_of_the_whole(wrong):
    toml = "body = '''\ntotal = helper(layers)\nfor layer in layers:\n    total += 1\n'''"
    answer = wrong(toml, "Net.sizes")
    head, tail = KEY.split("        total = 0\n")[0], KEY[KEY.index("\n    def other") :]
    body = """\
        total = helper(layers)
        for layer in layers:
            total += 1
"""
    assert answer == head + body + tail


@pytest.mark.parametrize(("old", "count"), [("x", 3), ("no such text", 0)])
def test_old_occurs_exactly_once(wrong, old, count):
    with pytest.raises(AssembleError, match=rf"affine-slug: .*'{old}' occurs {count}x"):
        wrong(f"old = '{old}'\nnew = 'y'")


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("", "holds no mistake"),
        ("[a", "affine.toml: "),
        ("says = 'It is wrong.'", "says stands outside of a mistake"),
        ("[a]\nbody = 'return 1'", "affine-a: says is missing"),
        ("[a]\nsays = ''\nbody = 'return 1'", "says must be a text"),
        ("[a]\nsays = 'Wrong.'\nbody = 1", "body must be a text"),
        ("[a]\nsays = 'Wrong.'\nbody = 'return 1'\nsay = 'b'", "affine-a: unknown key say;"),
        ("[a]\nsays = 'Wrong.'", "either old and new, or body"),
        ("[a]\nsays = 'Wrong.'\nold = 'x'\nnew = 'y'\nbody = 'z'", "either old and new, or body"),
        ("[a]\nsays = 'Wrong.'\nold = 'x'", "old and new go together"),
        ("[a]\nsays = 'Wrong.'\nold = ''\nnew = 'y'", "old is empty"),
        ("[a]\nsays = 'Wrong.'\nold = []\nnew = []", "old is empty"),
        ("[a]\nsays = 'Wrong.'\nold = ['x', 'y']\nnew = ['z']", "lists of as many"),
        ("[a]\nsays = 'Wrong.'\nold = 1\nnew = 2", "two texts"),
    ],
)
def test_what_is_no_mistake_is_told(read, toml, complaint):
    with pytest.raises(AssembleError, match=complaint):
        read(toml)


def test_a_file_is_named_after_an_exercise(read):
    with pytest.raises(AssembleError, match="affin is no exercise; there is affine"):
        read("[a]\nsays = 'Wrong.'\nbody = 'return 1'", "affin")


def test_the_key_stays_as_it_is_where_nothing_is_edited(wrong):
    assert wrong("old = 'rows @ w'\nnew = 'rows @ w'") == KEY
