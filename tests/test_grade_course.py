"""The whole course, graded: the key has everything right, the stubs nothing, mistakes are wrong."""

import csv
import shutil
import subprocess
import sys

import pytest

from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.edits import MISTAKES, answer_with, mistakes_of
from instructor.prove import ALTERNATIVES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

# Of each kind of what exercises get and give: arrays, caches, objects, functions, models, draws.
OTHERS = {
    "affine_backward": "closure",
    "TwoLayerNet.loss": None,
    "Graph.backward": None,
    "tune": None,
    "numerical_gradient": None,
    "MaxGate.backward": None,
    "kmeans": None,
    "sample_settings": None,
}
MADE = {
    "affine_forward", "batchnorm_forward", "Graph.order", "gradient_descent",
    "early_stop", "LinearClassifier.train", "max_pool_backward_naive", "count_labels",
}  # fmt: skip


AFFINE = {
    "affine_forward": "return x.reshape(len(x), -1) @ w + b, (b, w, x)",
    "affine_backward": """b, w, x = cache
    dw = x.reshape(len(x), -1).T @ dout
    return (dout @ w.T).reshape(x.shape), dw, dout.sum(axis=0)""",
}


def fill_in_affine(path):
    """The stubs' file with a learner's answers, whose cache is another one than the key's."""
    text = (TREE / "cs231n" / "layers" / "affine.py").read_text(encoding="utf-8")
    for name, body in AFFINE.items():
        text = text.replace(f'raise NotImplementedError("TODO: {name}")', body)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """{name: {exercise: status}} of submissions, graded in one go."""
    top = tmp_path_factory.mktemp("course")
    stubs = find_stubs(TREE)
    keys = answers_below(SOLUTIONS, stubs)
    assemble(keys, top / "key")
    fill_in_affine(top / "own cache" / "cs231n" / "layers" / "affine.py")
    shutil.copytree(TREE / "cs231n", top / "stubs" / "cs231n")
    for exercise, name in OTHERS.items():
        paths = sorted((ALTERNATIVES / exercise).glob(f"{name or '*'}.py"))
        (top / exercise / "cs231n").mkdir(parents=True)
        shutil.copy(paths[0], top / exercise / "cs231n" / "answer.py")
    for exercise in MADE:
        mistake = next(iter(mistakes_of(MISTAKES / f"{exercise}.toml", stubs).values()))
        place = top / f"{exercise} mistaken" / "cs231n" / keys[exercise].source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(answer_with([mistake], keys[exercise]), encoding="utf-8")
    out = top / "results"
    submissions = sorted(each for each in top.iterdir() if each.is_dir())
    command = [sys.executable, "-m", "instructor.grade", "--out", str(out), "--jobs", "2"]
    run = subprocess.run(
        [*command, "--", *map(str, submissions)],
        cwd=TREE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def test_the_key_has_every_exercise_right(graded):
    row = dict(graded["key"])
    assert row.pop("submission") == "key"
    assert row.pop("score") == "106"
    assert set(row.values()) == {"done"}


def test_stubs_are_to_do(graded):
    row = dict(graded["stubs"])
    assert (row.pop("submission"), row.pop("score")) == ("stubs", "0")
    assert set(row.values()) == {"todo"}


@pytest.mark.parametrize("exercise", AFFINE)
def test_a_backward_pass_gets_its_own_cache(graded, exercise):
    """Though the docstring of each of the two names the other."""
    assert graded["own cache"][exercise] == "done"


@pytest.mark.parametrize("exercise", OTHERS)
def test_a_right_answer_of_another_kind_is_done(graded, exercise):
    assert graded[exercise][exercise] == "done"


@pytest.mark.parametrize("exercise", sorted(MADE))
def test_a_mistake_is_wrong_and_the_rest_of_its_file_is_not(graded, exercise):
    row = graded[f"{exercise} mistaken"]
    statuses = [row[each] for each in row if each not in ("submission", "score")]
    assert row[exercise] == "wrong"
    assert statuses.count("done") == int(row["score"])
