"""Hints: three for each exercise, of growing help, and none that is the answer."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cs231n.course.checking.battery import batteries_of
from cs231n.course.desk.hints import FOLDER, HintsError, all_hints, read_hints
from cs231n.course.desk.showing_hints import as_markdown, as_panels
from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE

STUBS = find_stubs(TREE)
KEYS = answers_below(SOLUTIONS, STUBS)
HINTS = all_hints()
BACKWARD = [exercise for exercise in HINTS if "backward" in exercise]
TRIVIAL = 6  # characters: shorter code says nothing


def file_of(exercise):
    """Where the hints of an exercise belong: beside its battery."""
    module = batteries_of(exercise)[0].run.__module__
    return TREE / Path(*module.split(".")).with_suffix(".md")


def drawings(hint):
    return re.findall(r"^```text\n(.*?)^```", hint, re.MULTILINE | re.DOTALL)


def test_every_exercise_has_hints():
    missing = {e: file_of(e).relative_to(TREE).as_posix() for e in STUBS if e not in HINTS}
    assert not missing, f"write three hints for each, as instructor/README.md says: {missing}"


def test_there_are_hints_for_nothing_but_exercises():
    assert set(HINTS) <= set(STUBS)


@pytest.mark.parametrize("exercise", HINTS)
def test_hints_stand_beside_the_battery(exercise):
    assert exercise in read_hints(file_of(exercise))


@pytest.mark.parametrize("exercise", HINTS)
def test_each_of_three_hints_says_more_than_the_one_before(exercise):
    nudge, idea, steps = (len(hint.split()) for hint in HINTS[exercise])
    assert nudge < idea < steps
    assert nudge <= 60
    assert steps <= 240


@pytest.mark.parametrize("exercise", HINTS)
def test_the_first_hint_is_a_question(exercise):
    assert "?" in HINTS[exercise][0]


class TestNoAnswer:
    @pytest.mark.parametrize("exercise", HINTS)
    def test_no_code_of_the_key(self, exercise):
        assert [given_away(hint, KEYS[exercise]) for hint in HINTS[exercise]] == [set()] * 3

    @pytest.mark.parametrize("exercise", HINTS)
    def test_what_stands_in_fences_is_a_drawing(self, exercise):
        for hint in HINTS[exercise]:
            assert hint.count("```") == 2 * len(drawings(hint))
            assert not any(map(is_python, drawings(hint)))

    @pytest.mark.parametrize("exercise", HINTS)
    def test_what_stands_in_backticks_sets_and_returns_nothing(self, exercise):
        """A name, a shape, a setting such as axis=1; what computes and keeps is a solution."""
        for code in (c for hint in HINTS[exercise] for c in re.findall(r"`([^`\n]+)`", hint)):
            for statement in ast.parse(code).body if is_python(code) else []:
                kept = (
                    None if isinstance(statement, ast.Expr) else getattr(statement, "value", None)
                )
                assert not computes(kept), code

    @pytest.mark.parametrize("exercise", HINTS)
    def test_the_key_itself_would_be_found(self, exercise):
        for line in KEYS[exercise].body_lines(""):
            if len(bare(line)) >= TRIVIAL and not line.lstrip().startswith("#"):
                assert given_away(f"Write `{line.strip()}` and be done.", KEYS[exercise]), line


def given_away(hint, answer):
    """What a hint has of an answer: lines of its body, and expressions that compute something.

    Spaces, backticks and the kind of quotes do not count.
    """
    lines = {line for line in answer.body_lines("") if not line.lstrip().startswith("#")}
    for node in (node for statement in answer.body for node in ast.walk(statement)):
        if isinstance(node, ast.stmt):
            lines.add(ast.unparse(node).splitlines()[0])
        elif computes(node):
            lines.add(ast.unparse(node))
    found = {bare(line) for line in lines if bare(line) in bare(hint)}
    # Of a body with a single statement, what is returned is the answer, however short.
    single = len(answer.body) == 1
    whole = {bare(ast.unparse(node.value)) for node in answer.body if isinstance(node, ast.Return)}
    return {code for code in found if len(code) >= TRIVIAL or (single and code in whole)}


def computes(node):
    match node:
        case ast.Compare(comparators=[ast.Constant(value=None)]):
            return False
        case ast.Call():
            return bool(node.args or node.keywords)
        case ast.BinOp() | ast.Compare() | ast.ListComp() | ast.DictComp():
            return True
    return False


def bare(code):
    return re.sub(r"[\s`]", "", code).replace('"', "'")


def is_python(code):
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize("exercise", BACKWARD)
def test_the_third_hint_of_a_backward_pass_draws_its_graph(exercise):
    assert drawings(HINTS[exercise][2])


@pytest.mark.parametrize("exercise", HINTS)
def test_hints_fit_into_a_terminal_of_80_columns(exercise):
    lines = as_panels(exercise, HINTS[exercise], 2, coloured=False)
    assert max(map(len, lines)) <= 80
    for drawing in drawings(HINTS[exercise][2]):
        assert {f"┃ {line}" for line in drawing.splitlines() if line} <= set(lines)


class TestReading:
    GOOD = (
        "# Title\n\n## f\n\n1. One?\n2. Two.\n3. Three:\n\n   - a step\n\n"
        "## A.g\n\n1. a\n2. b\n3. c\n"
    )

    def read(self, tmp_path, text):
        path = tmp_path / "some.md"
        path.write_text(text, encoding="utf-8")
        return read_hints(path)

    def test_a_heading_an_exercise_and_three_items_each(self, tmp_path):
        assert self.read(tmp_path, self.GOOD) == {
            "f": ["One?", "Two.", "Three:\n\n- a step"],
            "A.g": ["a", "b", "c"],
        }

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("3. c\n", "", "some.md, at the end: A.g has 2 hints, and needs 3"),
            ("3. Three:\n\n   - a step\n", "", "some.md, line 8: f has 2 hints, and needs 3"),
            ("3. c\n", "3. c\n4. d\n", "at the end: A.g has 4 hints, and needs 3"),
            ("2. Two.", "3. Two.", "line 6: hint 2 is expected here, not 3"),
            ("## A.g", "## f", "line 11: this heading stands twice"),
            ("## f\n", "", "line 4: a hint without a heading"),
            ("   - a step", "- a step", "line 9: neither a heading nor a hint nor indented"),
        ],
    )
    def test_a_slip_is_told_with_its_line(self, tmp_path, old, new, says):
        with pytest.raises(HintsError, match=re.escape(says)):
            self.read(tmp_path, self.GOOD.replace(old, new))

    def test_the_folder_holds_no_stray_file(self):
        for path in FOLDER.rglob("*.md"):
            assert path.with_suffix(".py").is_file()
            assert read_hints(path)


class TestMore:
    THREE = ("One?", "Two.", "Three:\n\n```text\nx ──→ y\n```\n\n- a step")

    @pytest.mark.parametrize(("times", "shown"), [(0, 1), (1, 2), (2, 3), (3, 3)])
    def test_all_up_to_the_one_that_is_asked_for(self, times, shown):
        for text in (
            "\n".join(as_panels("f", self.THREE, times)),
            as_markdown("f", self.THREE, times),
        ):
            assert re.findall(r"Hint (\d) of 3", text) == ["1", "2", "3"][:shown]

    def test_below_stands_what_to_type_for_the_next(self):
        assert as_panels("f", self.THREE, 0)[-1] == "More: python -m cs231n hint f --more"
        assert as_panels("f", self.THREE, 1)[-1] == "More: python -m cs231n hint f --more --more"
        assert as_markdown("f", self.THREE, 0).endswith("More: `%hint f --more`")
        assert "More" not in "\n".join(as_panels("f", self.THREE, 2))

    def test_a_drawing_stands_as_it_is(self):
        assert as_panels("f", self.THREE, 2, coloured=False)[-5:] == [
            "┃ Three:", "┃ ", "┃ x ──→ y", "┃ ", "┃ - a step",
        ]  # fmt: skip


class TestTerminal:
    def run(self, *arguments):
        command = [sys.executable, "-m", "cs231n", "hint", *arguments]
        return subprocess.run(command, cwd=TREE, capture_output=True, encoding="utf-8", check=False)

    def test_the_first_hint(self):
        result = self.run("affine_forward")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("┃ Hint 1 of 3: affine_forward\n")
        assert "Hint 2" not in result.stdout

    def test_more_of_them(self):
        result = self.run("TwoLayerNet.loss", "--more", "--more")
        assert result.returncode == 0
        assert "Hint 3 of 3: TwoLayerNet.loss" in result.stdout

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("afine_forward", "Did you mean affine_forward"),
            ("predict_labels", "Did you mean KNearestNeighbor.predict_labels?"),
            ("nothing_like_it", "There are: AddGate.backward, "),
        ],
    )
    def test_an_unknown_name_is_3_and_gets_those_that_are_near(self, name, meant):
        result = self.run(name)
        assert (result.returncode, result.stdout) == (3, "")
        assert result.stderr.startswith(f"There are no hints for {name}. {meant}")

    def test_nothing_is_remembered(self, tmp_path):
        """So whoever asks tomorrow, or on another machine, sees the same."""
        assert self.run("adam", "--more").stdout == self.run("adam", "--more").stdout
