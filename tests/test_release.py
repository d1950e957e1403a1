"""The student copy: all that a learner needs, and no answer anywhere."""

import json
import os
import re
import subprocess
import sys
import zipfile

import pytest

from cs231n.course.cells import check_cells
from cs231n.course.handin.releases import RECORD, TEXTS, digest, record_of, release_of
from instructor.adapting import for_learners
from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE
from instructor.release import ReleaseError, main, release, student_files

STUBS = find_stubs(TREE)
# Lines of the key that say what any code would: names, defaults, an unpacked setting.
COMMON = {
    "random=np.random.RandomState(seed)",
    "returnnp.array(means),np.array(stds)",
    'defaults={"learning_rate":1e-2,"decay_rate":0.99,"epsilon":1e-8}',
    'stride,pad=conv_param["stride"],conv_param["pad"]',
    "returnout,(x,w,b,conv_param)",
    "config={}ifconfigisNoneelseconfig",
    "knn=KNearestNeighbor()",
    "exponentials=np.exp(scores-scores.max(axis=1,keepdims=True))",  # 03 shows it
    "gy,gx=image_gradient(gray)",
    "loss,dscores=softmax_loss(scores,y)",
    "caches.append(cache)",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    out = tmp_path_factory.mktemp("release") / "course"
    release(out)
    return out


def files_of(folder):
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def bare(line):
    return re.sub(r"\s+", "", line.split("#")[0])


def is_telling(line):
    """Whether a line of code says how something is computed."""
    computes = re.search(r"[(\[@*/+-]", line)
    return len(bare(line)) >= 20 and computes and not bare(line).endswith((":", ","))


class TestNoAnswer:
    def test_no_line_of_the_key_stands_in_any_file(self, copy):
        answers = answers_below(SOLUTIONS, STUBS).values()
        lines = {bare(line) for a in answers for line in a.body_lines("") if is_telling(line)}
        assert len(lines) > 200
        texts = {name: path.read_bytes() for name, path in files_of(copy).items()}
        with zipfile.ZipFile(copy / TEXTS) as archive:
            texts |= {f"{TEXTS}/{name}": archive.read(name) for name in archive.namelist()}
        texts = {
            name: re.sub(r"\s+", "", data.decode("utf-8", "replace")).replace('\\"', '"')
            for name, data in texts.items()
        }
        everything = "\n".join(texts.values())
        found = {line for line in lines - COMMON if line in everything}
        assert [(name, line) for line in found for name in texts if line in texts[name]] == []

    def test_every_exercise_is_a_todo(self, copy):
        assert find_stubs(copy).keys() == STUBS.keys()

    def test_nothing_of_the_staff_is_there(self, copy):
        tops = {name.split("/")[0] for name in files_of(copy)}
        assert not tops & {"instructor", "tests", "benchmarks", ".ci", ".git"}

    def test_nothing_that_git_ignores(self, copy):
        names = " ".join(files_of(copy))
        assert "__pycache__" not in names
        assert "cifar-10" not in names
        assert "notebooks/output" not in names

    def test_a_tree_with_an_answer_is_refused(self, tmp_path, monkeypatch):
        def answered(tree):
            files = student_files(tree)
            text = files["cs231n/warmup.py"].decode()
            path = re.sub(r"raise NotImpl.*\n", "return None\n", text, count=1)
            return files | {"cs231n/warmup.py": path.encode()}

        monkeypatch.setattr("instructor.release.student_files", answered)
        with pytest.raises(ReleaseError, match=r"no TODO in the tree: count_labels"):
            release(tmp_path / "out")
        assert list(tmp_path.iterdir()) == []


class TestForLearners:
    def test_what_they_need_is_there(self, copy):
        needed = {
            "README.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.txt",
            "get_datasets.sh", "datasets/README.md", "datasets/cifar10.sha256",
            "notebooks/conftest.py", "cs231n/checks.py",
        }  # fmt: skip
        assert needed <= files_of(copy).keys()
        assert check_cells(copy) == check_cells(TREE)

    @pytest.mark.parametrize("name", ["README.md", "datasets/README.md"])
    def test_links_lead_somewhere(self, copy, name):
        text = (copy / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            if not target.startswith("../../"):  # which GitHub knows
                assert ((copy / name).parent / target).exists(), target

    @pytest.mark.parametrize("name", ["README.md", "Makefile", "pyproject.toml"])
    def test_staff_is_not_spoken_of(self, copy, name):
        text = (copy / name).read_text(encoding="utf-8")
        assert not re.search(r"staff|instructor|benchmarks|tests/", text)

    def test_make_test_runs_the_notebooks(self, copy):
        text = (copy / "Makefile").read_text(encoding="utf-8")
        recipe = re.search(r"^test: \.venv/\.installed\n\t(.*)", text, re.MULTILINE)[1]
        assert "-m pytest --nbval-lax notebooks" in recipe
        # Every target that another one or .PHONY names is there.
        for name in re.findall(r"^\.PHONY: (.*)", text, re.MULTILINE)[0].split():
            assert re.search(rf"^{name}:", text, re.MULTILINE)

    def test_scripts_can_be_run(self, copy):
        assert os.access(copy / "get_datasets.sh", os.X_OK)
        assert not os.access(copy / "README.md", os.X_OK)

    def test_status_works_there(self, copy):
        run = subprocess.run(
            [sys.executable, "-m", "cs231n", "status", "--json", "affine_forward"],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        (exercise,) = json.loads(run.stdout)["exercises"]
        assert exercise["status"] == "todo", run.stderr


class TestMarks:
    def test_what_is_for_staff_is_left_out(self):
        text = "a\n<!-- staff -->\nb\n<!-- /staff -->\nc\n| d | <!-- staff --> |\n"
        assert for_learners(text, "README.md") == "a\nc\n"

    def test_what_is_for_learners_alone_is_put_in(self):
        text = "test: all\n# learner: \tpytest notebooks\n# a comment for staff and others\n"
        assert for_learners(text, "Makefile") == (
            "test: all\n\tpytest notebooks\n# a comment for staff and others\n"
        )

    @pytest.mark.parametrize("text", ["# staff\na\n", "# /staff\n", "# staff\n# staff\n# /staff"])
    def test_a_mark_without_its_partner_is_told(self, text):
        with pytest.raises(ValueError, match=r"Makefile, line 1|line 2"):
            for_learners(text, "Makefile")


class TestRecord:
    def test_it_knows_every_file(self, copy):
        own = release_of(copy)
        assert own.digests.keys() == files_of(copy).keys() - {RECORD, TEXTS}
        assert all(own.has(name, (copy / name).read_bytes()) for name in own.digests)
        assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{8}", own.version)

    def test_it_holds_what_a_learner_works_on(self, copy):
        texts = release_of(copy).texts
        assert {"cs231n/layers/affine.py", "cs231n/solver.py", "notebooks/01_knn.ipynb"} <= set(
            texts
        )
        assert not [name for name in texts if name.startswith("cs231n/course")]

    def test_the_same_tree_gives_the_same_bytes(self, copy, tmp_path):
        release(tmp_path / "again")
        again = files_of(tmp_path / "again")
        assert {n: p.read_bytes() for n, p in again.items()} == {
            n: p.read_bytes() for n, p in files_of(copy).items()
        }

    def test_line_ends_of_windows_do_not_count(self):
        assert digest(b"a\r\nb\r\n") == digest(b"a\nb\n")
        assert digest(b"\0\r\n") != digest(b"\0\n")

    def test_another_file_is_another_version(self):
        one, other = (json.loads(record_of({"a": each})[RECORD]) for each in (b"1", b"2"))
        assert one["version"] != other["version"]


class TestPlace:
    def test_a_folder_with_something_in_it_is_refused(self, tmp_path, capsys):
        (tmp_path / "mine.txt").write_text("keep")
        assert main([str(tmp_path)]) == 1
        assert "is in the way" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    def test_an_empty_folder_will_do(self, tmp_path, capsys):
        assert main([str(tmp_path)]) == 0
        assert (tmp_path / "README.md").is_file()

    def test_a_folder_in_the_tree_is_refused(self):
        with pytest.raises(ReleaseError, match="overlaps"):
            release(TREE / "copy")

    def test_without_git_the_same_files_are_taken(self, copy, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", "")
        monkeypatch.setattr("instructor.release._tracked", lambda tree: None)
        assert student_files(TREE).keys() >= files_of(copy).keys() - {RECORD, TEXTS}
