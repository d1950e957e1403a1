"""The place where answers run: a process that has nothing but its own verdict to lose.

Each verdict has a process of its own, in which no file can be written, and few be read: Python, its
packages, and one copy of the course without the key. It has no network, and limited time, memory,
processes and output. How that is held depends on the system (`kinds`):

bubblewrap   namespaces for files, processes, network, users and messages; where it is installed
user         another user, a root of its own, and namespaces, where the grader is root; Landlock
limits       Landlock and limits, where it is neither; nothing else keeps it from the grader's files

`held` says what holds, by trying it, and `what_leaks` which files can be read in spite of it.
"""

import contextlib
import ctypes
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from cs231n.course.checking.limits import MEMORY
from cs231n.course.threads import ONE_THREAD
from instructor.grading import wire

HERE = Path(__file__).resolve().parent
INSIDE = (HERE / "inside.py", HERE / "confine.py", HERE / "wire.py", HERE.parent / "texts.py")
CHECKING, SERVING = "checking", "serving"  # the two copies of the course
# What knows right answers: reference functions of the batteries. The judge alone needs it.
NOT_SERVED = ("checks.py", "course/batteries", "course/checking", "course/status", "course/desk")
NOT_TAKEN = ("__pycache__", "demos", "fetching")
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
LIMITS = {
    "CORE": 0,
    "FSIZE": 1_000_000,
    "NOFILE": 100,
    "NPROC": 8,
    "DATA": MEMORY,
    "AS": 2 * MEMORY,
    "STACK": 64_000_000,
}
BOOT = (
    "import sys, json; s = json.loads(sys.argv[1]); sys.path[:] = s['path']; "
    "import confine; held = confine.confine(s); import inside; inside.main(held)"
)
WORK = "cs231n-grading-"  # and a number of a process: names of folders in /tmp
PATIENCE = 3  # how much longer than a core's time it may take by the clock
SUBREAPER = 36  # prctl: orphans of a sandbox become children of the grader
FIRST_USER, FEWER = 2_000_000, 20_000  # numbers of users that nobody has


@dataclass
class Running:
    """A sandbox at work: the process, and the pipes to it."""

    process: subprocess.Popen
    user: int | None

    @property
    def requests(self):
        return self.process.stdin

    @property
    def replies(self):
        return self.process.stdout

    def has_used_up_its_time(self):
        """Whether it was the limit of time that ended it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self.process.wait(1)
            return code in (-signal.SIGXCPU, 128 + signal.SIGXCPU)
        return False

    def end(self):
        """Ends the process, and all that it has started, whatever they do against it."""
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.user is not None:
            _end_all_of(self.user)
        self.process.wait()
        _end_orphans()
        for pipe in (self.requests, self.replies):
            with contextlib.suppress(OSError):
                pipe.close()


class Sandbox:
    """Starts processes for answers, for as long as its `with` block lasts.

    course: a folder that `prepare` has made. kind: "bubblewrap", "user" or "limits".
    """

    def __init__(self, course, kind):
        self.course, self.kind = Path(course), kind
        self.user = _free_user() if os.getuid() == 0 else None

    def __enter__(self):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{WORK}{os.getpid()}-"))
        self.folder.chmod(0o711)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, seconds):
        """A process that waits for a request of `inside.py`, in this copy of the course.

        seconds: of a core. By the clock it may take longer: others may be at work.
        """
        tree = self.course / name
        read = [*filter(os.path.exists, SYSTEM), *_python_folders(), str(tree)]
        path = [str(tree), *sys.path[1:]]
        settings = {
            "path": [each for each in path if _is_below(each, read)],
            "read": read,
            "work": "/tmp" if self.kind == "bubblewrap" else str(self._work()),
            "root": None if self.kind == "bubblewrap" else str(self.course / "root"),
            "user": self.user,
            "limits": {**LIMITS, "CPU": math.ceil(seconds)},
        }
        python = [sys.executable, "-I", "-S", "-B", "-c", BOOT, json.dumps(settings)]
        process = subprocess.Popen(
            [*self._around(read), *python],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**ONE_THREAD, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
        return Running(process, self.user if self.kind == "user" else None)

    def _work(self):
        """An empty folder for a verdict, where the system cannot give it a /tmp of its own."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        work.chmod(0o777)
        return work

    def _around(self, read):
        if self.kind != "bubblewrap":
            return []
        command = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
        command += ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
        if self.user is None:
            command += ["--unshare-user"]
        else:
            command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        command += ["--size", "16000000", "--tmpfs", "/tmp", "--proc", "/proc"]
        above = {str(folder) for path in (*read, *DEVICES) for folder in Path(path).parents}
        for each in sorted(above):
            command += ["--dir", each]  # that anybody may pass through
        for each in DEVICES:
            command += ["--dev-bind", each, each]
        for each in read:
            if Path(each).is_symlink():
                command += ["--symlink", str(Path(each).readlink()), each]
            else:
                command += ["--ro-bind", each, each]
        return [*command, "--remount-ro", "/", "--chdir", "/"]

    def ask(self, name, request, seconds):
        """(reply to one request, None), or (None, why there is none)."""
        running = self.start(name, seconds)
        try:
            return told_in_time(running, {"tree": str(self.course / name), **request}, seconds)
        finally:
            running.end()


def told_in_time(running, request, seconds):
    """(reply, None), or (None, why there is none)."""
    replies = []

    def read():
        with contextlib.suppress(OSError, ValueError):
            try:
                replies.append(wire.receive(running.replies)[0])
            except (EOFError, wire.Refused):
                replies.append(None)

    with contextlib.suppress(OSError):
        wire.send(running.requests, request)
    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(PATIENCE * seconds)
    if replies and replies[0] is not None:
        return replies[0], None
    if not replies or running.has_used_up_its_time():
        return None, f"It ran longer than {seconds:g} s: is there a loop that does not end?"
    return None, "It ended Python: is there an os._exit, or a crash?"


def kinds():
    """The kinds of sandbox that this system can make, the best first."""
    found = []
    if shutil.which("bwrap"):
        probe = ["bwrap", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "true"]
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            found.append("bubblewrap")
    if os.name == "posix" and os.getuid() == 0:
        found.append("user")
    return [*found, "limits"]


def prepare(tree, folder):
    """Makes the two copies of a course in a new folder, once for all submissions."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".aside-"))
    (aside / "root").mkdir()
    for name in (CHECKING, SERVING):
        copy = aside / name
        ignore = shutil.ignore_patterns(*NOT_TAKEN)
        shutil.copytree(tree / "cs231n", copy / "cs231n", ignore=ignore)
        for each in NOT_SERVED if name == SERVING else ():
            place = copy / "cs231n" / each
            place.unlink() if place.is_file() else shutil.rmtree(place)
        for each in INSIDE:
            shutil.copy(each, copy / each.name)
    # Once and for all: in the sandbox nothing can be written. By content: the folder moves.
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(aside), "-p", str(folder), str(aside)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for path in (aside, *aside.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with contextlib.suppress(OSError):  # another grader was faster
        aside.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def clear():
    """Removes what graders have left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{WORK}*"):
        pid = folder.name.removeprefix(WORK).partition("-")[0]
        if not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _python_folders():
    """Where Python and its packages are."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {sysconfig.get_path(name) for name in names}
    folders |= {str(Path(sys.executable).parent), str(Path(sys.executable).resolve().parent)}
    folders |= {str(Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib"))}
    folders |= {str(path) for path in [Path(sys.prefix) / "pyvenv.cfg"] if path.exists()}
    inside = ("/usr/", "/lib/")
    return sorted(each for each in folders if not each.startswith(inside) and Path(each).exists())


def _is_below(path, folders):
    return any(Path(path).is_relative_to(each) for each in folders)


def _free_user():
    """The number of a user whom nobody is, and no other grader has."""
    mapped = Path("/proc/self/uid_map")
    count = int(mapped.read_text(encoding="utf-8").split()[2]) if mapped.exists() else 65_536
    base = FIRST_USER if count > 2**31 else FEWER
    return base + os.getpid() % (2**22 if base == FIRST_USER else 40_000)


def _end_all_of(user):
    """Ends every process of a user: at once, so that none can have another before its end."""
    child = os.fork()
    if child == 0:
        try:
            os.setresuid(user, user, user)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _end_orphans():
    """Ends what has left its group, and then its parent: the system has made it our child."""
    own = str(os.getpid())
    for _ in range(100):
        found = list(_children_of(own))
        if not found:
            return
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _children_of(parent):
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if fields[1] == parent:
                yield int(path.parent.name)
