"""Whatever an answer does, it gets its verdict, and all others get theirs."""

import importlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cs231n.course.cells import CheckCell
from cs231n.course.status import isolation
from cs231n.course.status.runner import run_checks
from instructor.assemble import assemble

TIME_LIMIT = 5.0  # seconds; answers that hang take them all
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")

TIME_OVER = f"It ran longer than {TIME_LIMIT:g} s: is there a loop that does not end?"
ENDED = "It ended Python itself (exit code "
OUT_OF_MEMORY = "it takes more than 2 GB of memory"
SETUP = "import os, signal, sys, threading, time\nimport numpy as np"


def case(name, answer, status="wrong", says="", marks=()):
    return pytest.param(answer, status, says, id=name, marks=marks)


ENDS = [
    case("os._exit", "os._exit(0)", says=f"{ENDED}0): is there an os._exit?"),
    case("os._exit with a code", "os._exit(7)", says=f"{ENDED}7)"),
    case("os.execv", "os.execv(sys.executable, ['python', '-c', ''])", says=ENDED, marks=POSIX),
    case("sys.exit", "sys.exit(0)", says="Likely cause: exit() and sys.exit() end Python"),
    case("exit", "exit()", says="Likely cause: exit()"),
    case("BaseException", "raise BaseException('odd')", says="stopped with BaseException: odd"),
    case("GeneratorExit", "raise GeneratorExit", says="stopped with GeneratorExit"),
    case("KeyboardInterrupt", "raise KeyboardInterrupt", says="stopped with KeyboardInterrupt"),
    case("its own Ctrl-C", "signal.raise_signal(signal.SIGINT)", says="KeyboardInterrupt"),
    case("RecursionError", "def f(): f()\nf()", says="Likely cause: the function calls itself"),
    case("input", "input('how many?')", says="Likely cause: input() waits for somebody"),
    case("error without a text", "class E(Exception): __str__ = None\nraise E", says="TypeError"),
    case(
        "error whose text ends Python",
        "class E(Exception):\n  def __str__(self): os._exit(0)\nraise E",
        says=ENDED,
    ),
]
CRASHES = [
    case("segmentation fault", "import ctypes; ctypes.string_at(0)", says="It crashed ("),
    case(
        "as_strided",
        "np.lib.stride_tricks.as_strided(np.zeros(3), (9,), (2**40,)).sum()",
        says="as_strided with a wrong shape",
    ),
    case("abort", "os.abort()", says="It crashed (aborted)", marks=POSIX),
    case(
        "killed",
        "os.kill(os.getpid(), signal.SIGKILL)",
        says="The system ended it: did it take more memory than there is?",
        marks=POSIX,
    ),
    case("whole group killed", "os.killpg(0, signal.SIGKILL)", says="system ended it", marks=POSIX),
]
HANGS = [
    case("sleep", "time.sleep(600)", says=TIME_OVER),
    case("work in C", "sum(range(10**14))", says=TIME_OVER),
    case(
        "prints for ever, and swallows what would stop it",
        "while True:\n  try:\n    while True: print('x' * 1000)\n  except BaseException: pass",
        says=TIME_OVER,
    ),
]
FILLS = [
    case("array too large", "np.empty((10**7, 10**7))", says=OUT_OF_MEMORY),
    case(
        "arrays without end",
        "sys.kept = []\nwhile True: sys.kept.append(np.empty(10**6))",
        says=f"sys.kept.append(np.empty(10**6))\nLikely cause: {OUT_OF_MEMORY}",
        marks=LINUX,
    ),
    case(
        "small arrays without end",
        "sys.kept = []\nwhile True: sys.kept.append(np.empty(3000))",
        says=OUT_OF_MEMORY,
        marks=LINUX,
    ),
    case(
        "threads without end",
        "while True: threading.Thread(target=time.sleep, args=(600,)).start()",
        says="stopped with",  # MemoryError or RuntimeError, whichever is met first
        marks=LINUX,
    ),
    case("long message", "raise ValueError('x' * 10**7)", says="ValueError: xxx"),
    case("half a character", "raise ValueError('\\ud800')", says="ValueError: \ud800"),
]
TOUCHES_FILES = [
    case("stdout closed", "sys.stdout.close(); print()", says="sys.stdout was closed"),
    case("stdin, stdout and stderr closed", "os.closerange(0, 3); print('fine')", "done", "fine"),
    case("all closed", "os.closerange(0, 200)", says=ENDED),
    case(
        "prints a verdict",
        'print(\'["done", "", 0]\'); os.write(1, b\'["done", "", 0]\\n\'); 1 / 0',
        says="ZeroDivisionError",
    ),
]
LEAVES_BEHIND = [  # which is no fault by itself
    case("thread that raises", "threading.Timer(60, lambda: 1 / 0).start()", "done"),
    case("thread that ends Python", "threading.Timer(60, os._exit, [0]).start()", "done"),
    case("alarm", "signal.setitimer(signal.ITIMER_REAL, 60)", "done", marks=POSIX),
    case("another folder", "os.chdir('..')", "done"),
    case("numpy that raises", "np.seterr(all='raise')", "done"),
    case("small stack", "sys.setrecursionlimit(90)", "done"),
    case("tracing", "sys.settrace(lambda *_: 1 / 0)"),
    case("exit handler that hangs", "import atexit; atexit.register(time.sleep, 600)", "done"),
    case("copy of itself", "os.fork()", "done", marks=POSIX),
    case("copy that hangs", "os.fork() or time.sleep(600)", "done", marks=POSIX),
    case(
        "copy that hangs while it ends",
        "os.fork() or time.sleep(600)\nos._exit(0)",
        says=ENDED,
        marks=POSIX,
    ),
]
ANSWERS = [*ENDS, *CRASHES, *HANGS, *FILLS, *TOUCHES_FILES, *LEAVES_BEHIND]

# What comes after each of them: a right answer that notices what was left behind.
NEXT = """
assert threading.active_count() == 1
assert not hasattr(signal, "getitimer") or not any(signal.getitimer(signal.ITIMER_REAL))
assert os.getcwd() == {folder!r}
def deep(n): return n and deep(n - 1)
deep(200), np.exp([-1000.0]), np.empty(5 * 10**7)
print("as it should be")
"""


def cells_of(*sources):
    """Cells of as many exercises, f0, f1 …"""
    return [CheckCell(f"f{i}", "01_test", "id", SETUP, source) for i, source in enumerate(sources)]


@pytest.fixture(scope="module")
def outcomes():
    """{answer: (its outcome, that of the next)}, all from one call."""
    answers = [p.values[0] for p in ANSWERS if not any(mark.args[0] for mark in p.marks)]
    after = NEXT.format(folder=str(Path.cwd()))
    cells = cells_of(*(source for answer in answers for source in (answer, after)))
    found = list(run_checks(cells, time_limit=TIME_LIMIT))
    return dict(zip(answers, zip(found[::2], found[1::2], strict=True), strict=True))


@pytest.mark.parametrize(("answer", "status", "says"), ANSWERS)
def test_every_answer_gets_its_verdict_and_so_does_the_next(outcomes, answer, status, says):
    outcome, after = outcomes[answer]
    assert outcome.status == status
    assert says in outcome.message
    assert (after.status, after.message) == ("done", "as it should be")


def test_what_is_kept_of_a_flood_is_little():
    (outcome,) = run_checks(cells_of("print('x' * 10**7)"))
    assert outcome.status == "done"
    assert len(outcome.message) <= 10_000


@LINUX
def test_the_limit_on_memory_holds_for_every_answer():
    *_, outcome = run_checks(cells_of("raise KeyboardInterrupt", "np.empty(4 * 10**8)"))
    assert OUT_OF_MEMORY in outcome.message


def test_right_answers_share_a_process():
    answer = "from tqdm import tqdm\nlist(tqdm(range(9)))\nprint(os.getpid())"
    processes = {outcome.message for outcome in run_checks(cells_of(*[answer] * 3))}
    assert len(processes) == 1
    assert processes != {str(os.getpid())}


def test_the_courses_own_answers_leave_nothing_behind(solved):
    script = (
        "from cs231n.course.cells import check_cells\n"
        "from cs231n.course.status.runner import run_checks\n"
        "import subprocess\n"
        "started, popen = [], subprocess.Popen\n"
        "subprocess.Popen = lambda *a, **k: started.append(a) or popen(*a, **k)\n"
        "list(run_checks(check_cells()))\n"
        "print(len(started))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=solved, capture_output=True, text=True, check=True
    )
    assert run.stdout == "1\n"


def test_a_wrong_cell_ends_its_exercise():
    wrong, hangs = cells_of("1 / 0", "time.sleep(600)")
    (outcome,) = run_checks([wrong, CheckCell("f0", "01_test", "id", SETUP, hangs.source)])
    assert "ZeroDivisionError" in outcome.message


class TestWithoutProcesses:
    """As in a browser."""

    @pytest.fixture(params=["emscripten", "refused", "breaks down"])
    def nowhere(self, request, monkeypatch):
        def refuse(*args, **kwargs):
            raise OSError("no processes here")

        def no_thread(self):
            raise RuntimeError("can't start new thread")

        # Beforehand: psutil, which joblib asks for, does not load on a platform of another name.
        importlib.import_module("joblib.externals.loky")
        if request.param == "emscripten":
            monkeypatch.setattr(sys, "platform", "emscripten")
        elif request.param == "refused":
            monkeypatch.setattr(subprocess, "Popen", refuse)
        else:
            monkeypatch.setattr(isolation, "BOOT", "raise SystemExit(1)")
            return
        monkeypatch.setattr(threading.Thread, "start", no_thread)

    def test_checks_run_here_in_silence(self, nowhere, capfd):
        sources = ["print(os.getpid())", "1 / 0", "raise NotImplementedError('TODO: f2')", "exit()"]
        found = list(run_checks(cells_of(*sources)))
        assert [outcome.status for outcome in found] == ["done", "wrong", "todo", "wrong"]
        assert found[0].message == str(os.getpid())
        assert capfd.readouterr() == ("", "")

    def test_ctrl_c_is_no_verdict(self, nowhere):
        with pytest.raises(KeyboardInterrupt):
            list(run_checks(cells_of("raise KeyboardInterrupt")))


def _run_in_daemon(sender):
    sender.send([outcome.status for outcome in run_checks(cells_of("pass", "os._exit(0)"))])


def test_it_works_in_a_process_that_may_have_no_children():
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run_in_daemon, args=(sender,), daemon=True)
    process.start()
    sender.close()
    with receiver:
        assert receiver.recv() == ["done", "wrong"]
    process.join()


@pytest.fixture
def tree(tmp_path):
    """Writes a tree whose only notebook has these check cells, of exercises f0, f1 …"""

    def write(*sources):
        assemble({}, tmp_path / "tree")
        for notebook in (tmp_path / "tree/notebooks").glob("*.ipynb"):
            notebook.unlink()
        cells = [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "metadata": {"tags": [f"exercise:f{i}"]},
                "source": f"{SETUP}\n{source}",
            }
            for i, source in enumerate(sources)
        ]
        path = tmp_path / "tree/notebooks/01_test.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return tmp_path / "tree"

    return write


class TestCommands:
    def test_check_exits_with_1(self, tree):
        run = subprocess.run(
            [sys.executable, "-m", "cs231n", "check", "f0"],
            cwd=tree("os._exit(0)"),
            capture_output=True,
            text=True,
        )
        assert run.returncode == 1
        assert "f0: wrong" in run.stdout
        assert ENDED in run.stdout
        assert run.stderr == ""

    def test_status_tells_of_all(self, tree):
        run = subprocess.run(
            [sys.executable, "-m", "cs231n", "status"],
            cwd=tree("pass", "os._exit(0)", "import ctypes; ctypes.string_at(0)", "pass"),
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0
        assert "2 done, 2 wrong, 0 todo" in run.stdout
        assert run.stderr == ""

    @POSIX
    @pytest.mark.parametrize("whom", ["the command alone", "its group, as a terminal does"])
    def test_ctrl_c_stops_at_once(self, tree, whom):
        endless = "open('pid', 'w').write(str(os.getpid())); os.rename('pid', 'worker')\n"
        folder = tree(endless + "while True:\n  try:\n    time.sleep(600)\n  except: pass")
        with subprocess.Popen(
            [sys.executable, "-m", "cs231n", "status"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # A shell's background process ignores Ctrl-C, and a child inherits that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            worker = _read_when_there(folder / "worker")
            kill = os.kill if whom == "the command alone" else os.killpg
            kill(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=5)  # half of the time limit
        assert (process.returncode, out, err) == (130, b"", b"")
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def _read_when_there(path: Path):
    event = threading.Event()
    while not path.exists():
        event.wait(0.05)
    return int(path.read_text(encoding="utf-8"))
