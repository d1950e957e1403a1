"""Runs in the sandbox first: gives up whatever the answer is not to have. Linux.

Copied there beside `inside.py`, and imports nothing but Python's own library. What the system does
not allow is left out, and named: `python -m instructor.grade` tries what holds before it begins.
"""

import contextlib
import ctypes
import os
import resource
import signal
import struct
from pathlib import Path

NAMESPACES = {"files": 0x20000, "network": 0x40000000, "messages": 0x08000000}
PRIVATE, BIND, READ_ONLY = 0x44000, 0x5000, 0x1027  # flags of mount: recursive; remount, no suid
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446  # system calls
READING = 0b1101  # execute, read a file, read a folder
FILES_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights of files there are
END_WITH_PARENT, NO_NEW_PRIVILEGES = 1, 38
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
LIBC = ctypes.CDLL(None, use_errno=True)


def confine(settings):
    """Gives up what it can; returns the names of what holds.

    settings: {"read": folders that may be read, "work": one that may be written to, "root": an
    empty folder or None, "user": a number or None, "limits": {name of a limit: value}}.
    """
    held, work = [], settings["work"]
    if settings["root"] and os.getuid() == 0:
        held += [name for name, flag in NAMESPACES.items() if LIBC.unshare(flag) == 0]
        if "files" in held:
            _change_root(settings["root"], settings["read"])
            work = "/tmp"
    if work == "/tmp" and os.getuid() == 0:
        Path(work).chmod(0o1777)
    for name, value in settings["limits"].items():
        limit = getattr(resource, f"RLIMIT_{name}")
        most = resource.getrlimit(limit)[1]
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(limit, (value, value))
    if settings["user"] is not None:
        os.setgroups([])
        os.setresgid(*[settings["user"]] * 3)
        os.setresuid(*[settings["user"]] * 3)
        held.append("user")
    end_with_parent()
    LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if _landlock(settings["read"], work):
        held.append("landlock")
    os.environ["HOME"] = os.environ["TMPDIR"] = work
    return held


def end_with_parent():
    """From here on this process is killed when the one that started it ends."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def _change_root(root, folders):
    """A root of its own, in which these folders are, to be read, and an empty /tmp."""
    _mount(None, "/", None, PRIVATE)
    _mount("tmpfs", root, "tmpfs", 0, "size=1m,mode=755")
    Path(root, "tmp").mkdir()
    _mount("tmpfs", f"{root}/tmp", "tmpfs", 0, "size=16m,mode=1777")
    Path(root, "proc").mkdir()
    for path in (*folders, *DEVICES):
        _take_over(root, path)
    _mount(None, root, None, 0x1023)  # the root itself: to be read
    os.chroot(root)
    os.chdir("/")


def _take_over(root, path):
    place, path = Path(root + path), Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        place.symlink_to(path.readlink())
        return
    if path.is_dir():
        place.mkdir(exist_ok=True)
    else:
        place.touch()
    _mount(str(path), str(place), None, BIND)
    if str(path) not in DEVICES:
        _mount(None, str(place), None, READ_ONLY)


def _mount(source, target, kind, flags, data=None):
    source, target, kind, data = (
        None if each is None else each.encode() for each in (source, target, kind, data)
    )
    if LIBC.mount(source, target, kind, ctypes.c_ulong(flags), data) != 0:
        raise OSError(ctypes.get_errno(), f"mount {target.decode()}")


def _landlock(folders, work):
    """Lets only these folders be read, and one written to; whether the system can do that."""
    version = LIBC.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    every = (1 << FILES_ABI.get(version, 16)) - 1
    rules = struct.pack("<Q", every)
    if version >= 4:
        rules += struct.pack("<Q", 0b11)  # no port is bound, no connection made
    if version >= 6:
        rules += struct.pack("<Q", 0b11)  # no signal, no abstract socket to what is outside
    handle = LIBC.syscall(LANDLOCK_CREATE, rules, ctypes.c_size_t(len(rules)), 0)
    if handle < 0:
        return False
    for path in (*folders, *DEVICES, work):
        with contextlib.suppress(OSError):
            folder = os.open(path, os.O_PATH)
            rights = READING if Path(path).is_dir() else 0b100
            rights |= 0b10 if path == "/dev/null" else 0
            rights = every if path == work else rights
            rule = struct.pack("<Qi", rights, folder)
            LIBC.syscall(LANDLOCK_ADD, handle, 1, rule, 0)
            os.close(folder)
    held = LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    held = held and LIBC.syscall(LANDLOCK_RESTRICT, handle, 0) == 0
    os.close(handle)
    return held
