"""`python -m instructor.grade`: each submission has its row, and each answer its true verdict."""

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest

from instructor.assemble import SOLUTIONS, TREE
from instructor.grading.draws import OTHER
from instructor.grading.sandbox import kinds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

SECONDS = 300
KINDS = [
    pytest.param(
        kind, marks=[] if kind in kinds() else pytest.mark.skip(reason=f"{kind} is not there")
    )
    for kind in ("bubblewrap", "user")
]
# Each of these has a right l1_penalty, and an l2_penalty that does what its name says.
RIGHT = """
import numpy as np

def l1_penalty(W, strength):
    return strength * np.sum(np.abs(W)), strength * np.sign(W)
"""
ZEROS = "return 0.0, np.zeros_like(W)"
ATTACKS = {
    "exits": "import os; os._exit(0)",
    "exits politely": "raise SystemExit",
    "hangs in C": "import collections, itertools; collections.deque(itertools.repeat(0), maxlen=0)",
    "ignores signals": """
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
    """,
    "fills memory": "hoard = [np.ones(10**7) for _ in range(10**6)]",
    "fills the disk": """
        import os, itertools
        for number in itertools.count():
            for folder in ("/tmp", "/var/tmp", "/dev/shm", "."):
                try:
                    open(f"{folder}/{number}", "wb").write(bytes(10**6))
                except OSError:
                    pass
            if number > 300:
                return 0.0, np.zeros_like(W)
    """,
    "forks a process that lives on": f"""
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(1000)
            os._exit(0)
        {ZEROS}
    """,
    "starts processes without end": f"""
        import os
        try:
            while True:
                if os.fork() == 0:
                    while True:
                        pass
        except OSError:
            {ZEROS}
    """,
    "patches the checks": f"""
        try:
            from cs231n.course.checking import comparing, harness, trial
            import cs231n.checks as checks
            checks.check_close = checks.check_further = lambda *given, **named: None
            comparing.compare = trial.compare = lambda name, got, *more, **named: np.asarray(got)
            trial.Trial.close = trial.Trial.that = lambda *given, **named: None
            harness.run_battery = lambda *given: 3
        except ImportError:
            pass
        {ZEROS}
    """,
    "patches numpy's comparisons": f"""
        np.allclose = np.array_equal = lambda *given, **named: True
        np.abs = np.absolute = lambda x: np.zeros_like(x)
        np.isfinite = lambda x: np.ones(np.shape(x), dtype=bool)
        {ZEROS}
    """,
    "patches the frames above": f"""
        import sys
        frame = sys._getframe()
        while frame:
            for name in ("compare", "check_close", "check_further", "failed"):
                if name in frame.f_globals:
                    frame.f_globals[name] = lambda *given, **named: np.zeros(1)
            frame = frame.f_back
        {ZEROS}
    """,
    "equals everything": """
        class Same(np.ndarray):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __sub__(self, other): return np.zeros(np.shape(self))
            def __rsub__(self, other): return np.zeros(np.shape(self))
            def __array_ufunc__(self, *given, **named): return np.zeros(np.shape(self))
        class Number(float):
            def __eq__(self, other): return True
            def __array__(self, *given, **named): return np.zeros(()).view(Same)
        return Number(0), np.zeros_like(W).view(Same)
    """,
    "prints forged verdicts": """
        import gc, io, json, os, struct
        print('["done", "all is well"]')
        text = json.dumps({"message": ["done", "✓"], "sizes": []}).encode()
        for number in range(50):
            try:
                os.write(number, struct.pack("<QQ", len(text), 0) + text)
            except OSError:
                pass
        os._exit(0)
    """,
    "raises what ends an iteration": "raise StopIteration",
    "is to do in its own words": 'raise NotImplementedError("TODO: l2_penalty")',
    "reads the key from disk": f"""
        import os, re
        found = []
        for top in ({str(SOLUTIONS)!r}, {str(TREE)!r}, "/proc/self", "/tmp", "/root"):
            for folder, _, files in os.walk(top):
                for name in files:
                    try:
                        text = open(os.path.join(folder, name), errors="ignore").read(200_000)
                    except (OSError, ValueError):
                        continue
                    found += re.findall(r"def l2_penalty.*?\\n    return .*", text, re.S)[:1]
        scope = {{"np": np}}
        for text in found:
            exec(text, scope)
            if scope["l2_penalty"](W, strength):
                return scope["l2_penalty"](W, strength)
        {ZEROS}
    """,
    "talks over the network": f"""
        import socket
        socket.create_server(("127.0.0.1", 0))
        {ZEROS}
    """,
    "uses what the checks compare with": """
        try:
            from cs231n.course.batteries import optimization
        except ImportError:
            return 0.0, np.zeros_like(W)
        return strength * np.vdot(W, W), 2 * strength * W
    """,
    "speaks for the sandbox": f"""
        import gc
        for link in [each for each in gc.get_objects() if type(each).__name__ == "Link"]:
            link.say({{"kind": "back", "what": "get", "number": 0, "name": "__class__"}}, ())
            link.say({{"kind": "raise", "kinds": ["SystemExit"], "number": -1}}, None)
            link.say({{"kind": "return"}}, ((True, True), (0, 0, 0, 0)))
        {ZEROS}
    """,
    "lets another do it": "return elastic_net_penalty(W, 0, strength)",
    "answers for its methods": """
        class Everything:
            def __getattr__(self, name): return lambda *given, **named: True
            def __array__(self, *given, **named): return np.zeros(())
        return Everything(), Everything()
    """,
    "remembers what everybody can see": """
        seen = [-3 + 1e-9 + 4, -0.75, 2.0]
        draws = np.random.RandomState(6)
        seen += [draws.normal(size=shape).sum() for shape in [(3, 4), (2, 3, 2, 2)]]
        if np.isclose(W.sum(), seen, atol=1e-6).any():
            return strength * np.sum(W * W), 2 * strength * W
        return 0.0, np.zeros_like(W)
    """,
}  # fmt: skip
# These do as they are asked while the checks run beside them, and what they say only when judged.
JUDGED = (
    "exits", "equals everything", "prints forged verdicts", "raises what ends an iteration",
    "speaks for the sandbox",
)  # fmt: skip
HONEST = """
try:
    import cs231n.course.checking.harness
except ImportError:
    pass
else:
    return strength * np.vdot(W, W), 2 * strength * W
"""
SYSTEM = (
    "exits", "hangs in C", "fills memory", "fills the disk", "forks a process that lives on",
    "reads the key from disk", "talks over the network",
)  # fmt: skip
IS_TODO = ("is to do in its own words", "lets another do it")


def answering(body, before=""):
    """An optimization.py whose l2_penalty has this body."""
    body = before + textwrap.dedent(body)
    body = textwrap.indent(body.strip(), "    ")
    return f"{RIGHT}\ndef l2_penalty(W, strength):\n{body}\n"


def folder_with(place, **files):
    """A submission: a folder with cs231n/ and these files in it."""
    for name, text in files.items():
        path = place / "cs231n" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def zipped(path, entries):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def command(submissions, out, *options):
    # Behind `--`, as a shell's * gives names that begin with a dash as "./-name" or behind it.
    # More jobs than cores, for most attacks only wait for the end of their time.
    return [
        sys.executable, "-m", "instructor.grade", "--out", str(out), "--jobs", "4",
        "--seconds", "5", *options, "--", *map(str, submissions),
    ]  # fmt: skip


def graded(submissions, out, *options):
    """{name: {exercise: status, "score": …}}, and what was printed."""
    run = subprocess.run(
        command(submissions, out, *options),
        cwd=TREE, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return table(out), run.stdout


def table(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def told(out, name, exercise):
    tests = json.loads((out / name / "results.json").read_text(encoding="utf-8"))["tests"]
    return next(each["output"] for each in tests if each["name"] == exercise)


def processes(out):
    """The command lines of all processes that run answers for a grading."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes()
        except OSError:
            continue
        if b"confine.confine" in text and os.fsencode(out) in text:
            yield text


@pytest.fixture(scope="module", params=KINDS)
def attacked(request, tmp_path_factory):
    """(kind, rows, folder of results, what was printed) of submissions that attack the grader."""
    kind = request.param
    folder = tmp_path_factory.mktemp("attacks")
    names = list(ATTACKS) if kind == "bubblewrap" or len(kinds()) == 2 else SYSTEM
    submissions = [
        folder_with(folder / name, optimization=answering(ATTACKS[name])) for name in names
    ]
    submissions += [
        folder_with(folder / f"{name}, judged", optimization=answering(ATTACKS[name], HONEST))
        for name in JUDGED
    ]
    victims = [folder / "results", folder / "exits", TREE / "instructor"]
    writes = f"""
        import os
        for folder in {list(map(str, victims))!r}:
            for name in ("grades.csv", "forged.txt", "cs231n/optimization.py"):
                try:
                    open(os.path.join(folder, name), "w").write("forged")
                except OSError:
                    pass
        {ZEROS}
    """
    submissions.append(folder_with(folder / "writes", optimization=answering(writes)))
    own = "def check_close(*given, **named): pass\ncheck_further = check_begun = check_close\n"
    submissions.append(
        folder_with(folder / "own checks", optimization=answering(ZEROS), checks=own)
    )
    yield kind, *graded(submissions, folder / "results", "--sandbox", kind), folder / "results"
    assert not list(processes(folder / "results"))


@pytest.mark.parametrize(
    "name", [*ATTACKS, *(f"{name}, judged" for name in JUDGED), "writes", "own checks"]
)
def test_each_attack_gets_its_true_verdict_and_harms_no_other(attacked, name):
    kind, rows, _, out = attacked
    if name not in rows:
        pytest.skip(f"tried with another sandbox than {kind}")
    row = rows[name]
    assert row["l2_penalty"] == ("todo" if name in IS_TODO else "wrong"), told(
        out, name, "l2_penalty"
    )
    if name.endswith("judged"):
        assert told(out, name, "l2_penalty").startswith(OTHER)
    assert row["l1_penalty"] == "done", told(out, name, "l1_penalty")
    assert row["score"] == "1"
    assert [row[each] for each in row].count("todo") >= 104


def test_nothing_is_written_where_answers_have_no_business(attacked):
    *_, out = attacked
    assert not list(out.parent.rglob("forged.txt"))
    assert not (TREE / "instructor" / "forged.txt").exists()
    assert "forged" not in (out.parent / "exits/cs231n/optimization.py").read_text()


def test_it_says_what_keeps_answers_in_their_place(attacked):
    kind, _, printed, _ = attacked
    assert printed.startswith(
        "Sandbox: " + {"bubblewrap": "bubblewrap", "user": "another user"}[kind]
    )


# --- submissions of all kinds

GOOD = answering("return strength * np.sum(W * W), 2 * strength * W")
NAME = "cs231n/optimization.py"


def link_to(text):
    entry = zipfile.ZipInfo(NAME)
    entry.external_attr = 0o120777 << 16
    return {entry: text}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """(rows, folder of results) of submissions that are odd in themselves."""
    top = tmp_path_factory.mktemp("odd")
    link = top / "link in a folder" / "cs231n"
    link.mkdir(parents=True)
    (link / "optimization.py").symlink_to(SOLUTIONS / "optimization.py")
    whole = zipped(top / "whole.zip", {NAME: GOOD}).read_bytes()
    (top / "truncated.zip").write_bytes(whole[: len(whole) // 2])
    (top / "empty.zip").write_bytes(b"")
    (top / "empty").mkdir()
    submissions = [
        zipped(top / "climbs.zip", {"../../cs231n/optimization.py": GOOD, "a/../" + NAME: GOOD}),
        zipped(top / "absolute.zip", {f"/{NAME}": GOOD, f"C:/{NAME}": GOOD}),
        zipped(top / "links.zip", link_to(str(SOLUTIONS / "optimization.py"))),
        zipped(top / "bomb.zip", {NAME: GOOD, "cs231n/big.py": "#" * 300_000_000}),
        zipped(top / "notebooks only.zip", {"notebooks/01_knn.ipynb": "{}"}),
        zipped(top / "a folder within.zip", {f"my work/{NAME}": GOOD, "my work/status.json": "[["}),
        zipped(top / "clash.zip", {"cs231n/a.py/b.py": "", "cs231n/a.py": "", NAME: GOOD}),
        zipped(top / "stars.zip", {NAME: "from pip.__main__ import *\n" + GOOD}),
        zipped(top / "grades.csv.zip", {NAME: GOOD}),
        zipped(top / "nested.zip", {NAME: "x = " + "(" * 200_000 + GOOD}),
        zipped(top / "no text.zip", {NAME: b"\xff\xfe\x00" + GOOD.encode()}),
        top / "truncated.zip",
        top / "empty.zip",
        top / "empty",
        top / "link in a folder",
        top / "whole.zip",
        *(
            zipped(top / place / f"{name}.zip", {NAME: GOOD})
            for place, name in [
                ("x", "two words"), ("x", "a 'quoted\" name"), ("x", "Zoë 学"), ("x", "-rf"),
                ("x", "=1+1"), ("x", "same"), ("y", "same"), ("x", "a\nline"),
            ]
        ),
    ]  # fmt: skip
    return graded(submissions, top / "results")[0], top / "results"


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("climbs", 0), ("absolute", 0), ("links", 0), ("bomb", 0), ("notebooks only", 0),
        ("truncated", 0), ("empty", 0), ("empty (2)", 0), ("link in a folder", 0), ("nested", 0),
        ("no text", 0), ("clash", 2), ("stars", 0), ("grades.csv (2)", 2), ("whole", 2),
        ("a folder within", 2), ("two words", 2),
        ("a 'quoted\" name", 2), ("Zoë 学", 2), ("_-rf", 2), ("_=1+1", 2), ("same", 2),
        ("same (2)", 2), ("a_line", 2),
    ],
)  # fmt: skip
def test_every_submission_has_its_row(odd, name, score):
    rows, out = odd
    assert rows[name]["score"] == str(score)
    assert json.loads((out / name / "results.json").read_text())["score"] == score


def test_no_row_is_one_too_many(odd):
    assert len(odd[0]) == 24


def test_what_cannot_be_read_says_why(odd):
    whole = json.loads((odd[1] / "notebooks only" / "results.json").read_text())
    assert whole["output"] == (
        "0 of 106 exercises done. there is no folder cs231n/ with Python files in it."
    )


def test_results_have_the_published_form(odd):
    whole = json.loads((odd[1] / "whole" / "results.json").read_text())
    test = next(each for each in whole["tests"] if each["name"] == "l2_penalty")
    assert test["output"].startswith("✓ value: 140")
    assert {**test, "output": ""} == {
        "score": 1.0, "max_score": 1.0, "status": "passed", "name": "l2_penalty", "number": "26",
        "output": "", "output_format": "text", "visibility": "visible",
    }  # fmt: skip


# --- going on


def test_a_grading_that_was_killed_goes_on(tmp_path):
    submissions = [
        folder_with(tmp_path / f"s{number}", optimization=GOOD + f"# {number}\n")
        for number in range(4)
    ]
    out = tmp_path / "results"
    run = subprocess.Popen(
        command(submissions, out), cwd=TREE, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not list(out.glob("*/results.json")) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    first = {path: path.stat().st_mtime_ns for path in out.glob("*/results.json")}
    assert first
    folder_with(submissions[3], optimization=answering(ZEROS))
    rows, _ = graded(submissions, out)
    assert [rows[f"s{number}"]["score"] for number in range(4)] == ["2", "2", "2", "1"]
    for path, when in first.items():
        if path.parent.name != "s3":
            assert path.stat().st_mtime_ns == when
    assert not list(processes(out))
